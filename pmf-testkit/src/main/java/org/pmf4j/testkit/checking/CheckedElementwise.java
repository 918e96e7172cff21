package org.pmf4j.testkit.checking;

import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;
import org.pmf4j.api.tensor.Tensor;

/** Element-by-element operations. */
interface CheckedElementwise extends CheckedOperation, ElementwiseKernels<Wrapped> {
  @Override
  default Wrapped add(Wrapped a, Wrapped b) {
    return binary("add", a, b, Tensor::add);
  }

  @Override
  default Wrapped sub(Wrapped a, Wrapped b) {
    return binary("sub", a, b, Tensor::sub);
  }

  @Override
  default Wrapped mul(Wrapped a, Wrapped b) {
    return binary("mul", a, b, Tensor::mul);
  }

  @Override
  default Wrapped div(Wrapped a, Wrapped b) {
    return binary("div", a, b, Tensor::div);
  }

  @Override
  default Wrapped maximum(Wrapped a, Wrapped b) {
    return binary("maximum", a, b, Tensor::maximum);
  }

  @Override
  default Wrapped addScalar(Wrapped a, double s) {
    return unary("add", a, t -> t.add(s), s);
  }

  @Override
  default Wrapped mulScalar(Wrapped a, double s) {
    return unary("mul", a, t -> t.mul(s), s);
  }

  @Override
  default Wrapped exp(Wrapped a) {
    return unary("exp", a, Tensor::exp);
  }

  @Override
  default Wrapped log(Wrapped a) {
    return unary("log", a, Tensor::log);
  }

  @Override
  default Wrapped sqrt(Wrapped a) {
    return unary("sqrt", a, Tensor::sqrt);
  }

  @Override
  default Wrapped abs(Wrapped a) {
    return unary("abs", a, Tensor::abs);
  }

  @Override
  default Wrapped tanh(Wrapped a) {
    return unary("tanh", a, Tensor::tanh);
  }

  @Override
  default Wrapped erf(Wrapped a) {
    return unary("erf", a, Tensor::erf);
  }

  @Override
  default Wrapped sigmoid(Wrapped a) {
    return unary("sigmoid", a, Tensor::sigmoid);
  }

  @Override
  default Wrapped relu(Wrapped a) {
    return unary("relu", a, Tensor::relu);
  }

  @Override
  default Wrapped greaterThan(Wrapped a, Wrapped b) {
    return binary("greaterThan", a, b, Tensor::greaterThan);
  }

  @Override
  default Wrapped select(Wrapped condition, Wrapped yes, Wrapped no) {
    return operation(
        "select",
        List.of(condition, yes, no),
        List.of(),
        () -> condition.tensor().select(yes.tensor(), no.tensor()));
  }

  @Override
  default Wrapped cast(Wrapped a, DType to) {
    return unary("cast", a, t -> t.cast(to), to);
  }
}
