package org.pmf4j.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.UnaryOperator;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.NeuralKernels;

/** The operations of transformers, by PyTorch's fused kernels. */
interface PtNeural extends PtElementwise, PtShape, PtMatrix, PtReduction, NeuralKernels<PtValue> {

  /** The scale is a tensor here, so that one compiled function serves every scale. */
  String ATTENTION =
      "q: Tensor, k: Tensor, v: Tensor, scale: Tensor) -> Tensor:\n"
          + "    return torch.scaled_dot_product_attention(q, k, v, None, 0., False,"
          + " scale=float(scale))\n";

  /** As {@link #ATTENTION}, with a mask. */
  String MASKED_ATTENTION =
      "q: Tensor, k: Tensor, v: Tensor, scale: Tensor, mask: Tensor) -> Tensor:\n"
          + "    return torch.scaled_dot_product_attention(q, k, v, mask, 0., False,"
          + " scale=float(scale))\n";

  /** As {@link #ATTENTION}, with a bias on the scores. */
  String BIASED_ATTENTION =
      "q: Tensor, k: Tensor, v: Tensor, scale: Tensor, bias: Tensor) -> Tensor:\n"
          + "    return torch.scaled_dot_product_attention(q, k, v, bias, 0., False,"
          + " scale=float(scale))\n";

  /** As {@link #BIASED_ATTENTION}, with a mask. */
  String MASKED_BIASED_ATTENTION =
      "q: Tensor, k: Tensor, v: Tensor, scale: Tensor, bias: Tensor, mask: Tensor) -> Tensor:\n"
          + "    seen = torch.masked_fill(bias, torch.bitwise_not(mask), -1e9)\n"
          + "    return torch.scaled_dot_product_attention(q, k, v, seen, 0., False,"
          + " scale=float(scale))\n";

  /** GELU by its tanh approximation. */
  String GELU_TANH = "x: Tensor) -> Tensor:\n    return torch.gelu(x, approximate=\"tanh\")\n";

  @Override
  TorchScript script();

  @Override
  default PtValue gather(PtValue table, PtValue indices) {
    return PtValue.own(JniUtils.embedding(indices.array(), table.array(), false));
  }

  @Override
  default PtValue softmax(PtValue a, int axis) {
    return inNamedType(a, x -> JniUtils.softmax(x, axis, x.getDataType()));
  }

  @Override
  default PtValue logSoftmax(PtValue a, int axis) {
    return inNamedType(a, x -> JniUtils.logSoftmax(x, axis, x.getDataType()));
  }

  /** Applies an operation that DJL must name the element type to; bfloat16 goes by float32. */
  private PtValue inNamedType(PtValue a, UnaryOperator<PtNDArray> operation) {
    if (!PtTypes.isBfloat16(a.array())) {
      return PtValue.own(operation.apply(a.array()));
    }
    try (PtNDArray wide = PtTypes.cast(script(), a.array(), DType.FLOAT32);
        PtNDArray result = operation.apply(wide)) {
      return PtValue.own(PtTypes.cast(script(), result, DType.BFLOAT16));
    }
  }

  @Override
  default PtValue layerNorm(PtValue a, int lastAxis, PtValue scale, PtValue shift, double epsilon) {
    Shape last = scale.array().getShape();
    return PtValue.own(JniUtils.layerNorm(a.array(), last, scale.array(), shift.array(), epsilon));
  }

  @Override
  default PtValue gelu(PtValue a) {
    return PtValue.own(JniUtils.gelu(a.array()));
  }

  @Override
  default PtValue geluTanh(PtValue a) {
    return PtValue.own(script().call(GELU_TANH, a.array()));
  }

  @Override
  default PtValue softplus(PtValue a) {
    return PtValue.own(JniUtils.softPlus(a.array()));
  }

  @Override
  default PtValue attention(PtValue q, PtValue k, PtValue v, PtValue mask, double scale) {
    PtNDArray qa = q.array();
    try (PtNDArray s = PtTypes.scalar(qa.getManager(), scale, DataType.FLOAT64)) {
      return PtValue.own(
          mask == null
              ? script().call(ATTENTION, qa, k.array(), v.array(), s)
              : script().call(MASKED_ATTENTION, qa, k.array(), v.array(), s, mask.array()));
    }
  }

  @Override
  default PtValue attention(
      PtValue q, PtValue k, PtValue v, PtValue mask, PtValue bias, double scale) {
    PtNDArray qa = q.array();
    PtNDArray b = bias.array();
    try (PtNDArray s = PtTypes.scalar(qa.getManager(), scale, DataType.FLOAT64)) {
      return PtValue.own(
          mask == null
              ? script().call(BIASED_ATTENTION, qa, k.array(), v.array(), s, b)
              : script()
                  .call(MASKED_BIASED_ATTENTION, qa, k.array(), v.array(), s, b, mask.array()));
    }
  }
}
