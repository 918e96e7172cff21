package org.pmf4j.onnx;

import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;
import org.pmf4j.api.tensor.MatrixKernels;
import org.pmf4j.api.tensor.ReductionKernels;

/**
 * Products with matrices of 8-bit integers, as nodes that quantize and dequantize around a MatMul:
 * engines make one product of integers of them, and those that do not know how compute the same in
 * single precision. Each vector that goes in has a scale of its own, by its largest element, so
 * that neither other samples nor one token with large states cost the others their bits.
 */
interface OnnxQuantized
    extends OnnxNodes,
        ElementwiseKernels<OnnxValue>,
        MatrixKernels<OnnxValue>,
        ReductionKernels<OnnxValue> {
  /** The largest whole number that stands for an element of an input. */
  int LARGEST = 127;

  /** A vector of zeros is divided by its scale, too. */
  double SMALLEST = 1e-30;

  /** x · weightᵀ, in integers, or exactly where these are only to be told of. */
  default OnnxValue product(OnnxValue x, OnnxValue.Quantized weight) {
    OnnxValue found = inIntegers(x, weight);
    OnnxValue.Exact exact = weight.exact();
    if (exact == null) {
      return found;
    }
    OnnxValue turned =
        node(
            "Transpose",
            exact.part().dtype(),
            List.of(exact.part()),
            Attributes.integers("perm", 1, 0));
    OnnxValue y = matmul(x, turned);
    GraphTrace.current().observe(exact.whole(), error(y, found));
    return y;
  }

  /** Values between the two kinds of nodes are labelled by the types that they stand for. */
  private OnnxValue inIntegers(OnnxValue x, OnnxValue.Quantized weight) {
    OnnxValue scale = mulScalar(maximum(max(abs(x), -1), scalar(SMALLEST, x)), 1.0 / LARGEST);
    OnnxValue one = scalar(1, x);
    OnnxValue middle = GraphTrace.current().constant(Constants.middle(), DType.INT8);
    OnnxValue rounded = node("QuantizeLinear", DType.INT8, List.of(div(x, scale), one, middle));
    OnnxValue input = node("DequantizeLinear", x.dtype(), List.of(rounded, one, middle));
    OnnxValue matrix =
        node(
            "DequantizeLinear",
            weight.dtype(),
            List.of(weight.values(), weight.scales()),
            Attributes.integer("axis", 1));
    return mul(matmul(input, matrix), scale);
  }

  /** How far off a product is: the root of its squared error, as a share of its own. */
  private OnnxValue error(OnnxValue exact, OnnxValue found) {
    OnnxValue off = sub(found, exact);
    return sqrt(div(squares(off), maximum(squares(exact), scalar(SMALLEST, exact))));
  }

  private OnnxValue squares(OnnxValue of) {
    return node("ReduceSum", of.dtype(), List.of(mul(of, of)), Attributes.integer("keepdims", 0));
  }
}
