package org.pmf4j.onnx;

import org.pmf4j.api.tensor.ShapeKernels;

/** Matrix products. */
interface OnnxMatrix extends OnnxQuantized, ShapeKernels<OnnxValue> {
  @Override
  default OnnxValue matmul(OnnxValue a, OnnxValue b) {
    return node("MatMul", a, b);
  }

  /** The weight lies in files as it does elsewhere; engines turn it once, when they load it. */
  @Override
  default OnnxValue linear(OnnxValue x, OnnxValue weight, OnnxValue bias) {
    OnnxValue product =
        weight instanceof OnnxValue.Quantized quantized
            ? product(x, quantized)
            : matmul(x, permute(weight, new int[] {1, 0}));
    return bias == null ? product : node("Add", product, bias);
  }
}
