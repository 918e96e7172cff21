package org.pmf4j.onnx;

import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;

/** Element-by-element operations. */
interface OnnxElementwise extends OnnxNodes, ElementwiseKernels<OnnxValue> {
  @Override
  default OnnxValue add(OnnxValue a, OnnxValue b) {
    return node("Add", a, b);
  }

  @Override
  default OnnxValue sub(OnnxValue a, OnnxValue b) {
    return node("Sub", a, b);
  }

  @Override
  default OnnxValue mul(OnnxValue a, OnnxValue b) {
    return node("Mul", a, b);
  }

  @Override
  default OnnxValue div(OnnxValue a, OnnxValue b) {
    return node("Div", a, b);
  }

  @Override
  default OnnxValue maximum(OnnxValue a, OnnxValue b) {
    return node("Max", a, b);
  }

  @Override
  default OnnxValue addScalar(OnnxValue a, double s) {
    return node("Add", a, scalar(s, a));
  }

  @Override
  default OnnxValue mulScalar(OnnxValue a, double s) {
    return node("Mul", a, scalar(s, a));
  }

  @Override
  default OnnxValue exp(OnnxValue a) {
    return node("Exp", a);
  }

  @Override
  default OnnxValue log(OnnxValue a) {
    return node("Log", a);
  }

  @Override
  default OnnxValue sqrt(OnnxValue a) {
    return node("Sqrt", a);
  }

  @Override
  default OnnxValue abs(OnnxValue a) {
    return node("Abs", a);
  }

  @Override
  default OnnxValue tanh(OnnxValue a) {
    return node("Tanh", a);
  }

  @Override
  default OnnxValue erf(OnnxValue a) {
    return node("Erf", a);
  }

  @Override
  default OnnxValue sigmoid(OnnxValue a) {
    return node("Sigmoid", a);
  }

  @Override
  default OnnxValue relu(OnnxValue a) {
    return node("Relu", a);
  }

  @Override
  default OnnxValue greaterThan(OnnxValue a, OnnxValue b) {
    return node("Greater", DType.BOOL, List.of(a, b));
  }

  @Override
  default OnnxValue select(OnnxValue condition, OnnxValue yes, OnnxValue no) {
    return node("Where", yes.dtype(), List.of(condition, yes, no));
  }

  @Override
  default OnnxValue cast(OnnxValue a, DType to) {
    return node("Cast", to, List.of(a), Attributes.integer("to", OnnxTypes.of(to)));
  }
}
