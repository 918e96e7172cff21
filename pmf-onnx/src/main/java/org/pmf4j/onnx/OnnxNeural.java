package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.NeuralKernels;

/** The operations of transformers, by operators of their own where the opset has them. */
interface OnnxNeural
    extends OnnxElementwise, OnnxShape, OnnxMatrix, OnnxReduction, NeuralKernels<OnnxValue> {

  /** Added to the scores of keys that may not be seen: e to this power is 0 in every type. */
  double HIDDEN = -1e9;

  @Override
  default OnnxValue gather(OnnxValue table, OnnxValue indices) {
    return node("Gather", table.dtype(), List.of(table, indices), Attributes.integer("axis", 0));
  }

  @Override
  default OnnxValue softmax(OnnxValue a, int axis) {
    return node("Softmax", a.dtype(), List.of(a), Attributes.integer("axis", axis));
  }

  @Override
  default OnnxValue logSoftmax(OnnxValue a, int axis) {
    return node("LogSoftmax", a.dtype(), List.of(a), Attributes.integer("axis", axis));
  }

  @Override
  default OnnxValue layerNorm(
      OnnxValue a, int lastAxis, OnnxValue scale, OnnxValue shift, double epsilon) {
    return node(
        "LayerNormalization",
        a.dtype(),
        List.of(a, scale, shift),
        Attributes.integer("axis", lastAxis),
        Attributes.number("epsilon", epsilon));
  }

  @Override
  default OnnxValue gelu(OnnxValue a) {
    return single(a, x -> hasGelu() ? gelu(x, "none") : NeuralKernels.super.gelu(x));
  }

  @Override
  default OnnxValue geluTanh(OnnxValue a) {
    return hasGelu() ? gelu(a, "tanh") : NeuralKernels.super.geluTanh(a);
  }

  private static boolean hasGelu() {
    return GraphTrace.current().opset().hasGelu();
  }

  private OnnxValue gelu(OnnxValue a, String approximation) {
    AttributeProto approximate = Attributes.text("approximate", approximation);
    return node("Gelu", a.dtype(), List.of(a), approximate);
  }

  /** A function of bfloat16 that is rounded once and not in every step. */
  private OnnxValue single(OnnxValue a, UnaryOperator<OnnxValue> function) {
    return a.dtype() == DType.BFLOAT16
        ? cast(function.apply(cast(a, DType.FLOAT32)), DType.BFLOAT16)
        : function.apply(a);
  }

  @Override
  default OnnxValue softplus(OnnxValue a) {
    return node("Softplus", a);
  }

  @Override
  default OnnxValue attention(OnnxValue q, OnnxValue k, OnnxValue v, OnnxValue mask, double scale) {
    return mix(scores(q, k, scale), mask, v);
  }

  @Override
  default OnnxValue attention(
      OnnxValue q, OnnxValue k, OnnxValue v, OnnxValue mask, OnnxValue bias, double scale) {
    return mix(add(scores(q, k, scale), bias), mask, v);
  }

  /** scale · q kᵀ. */
  private OnnxValue scores(OnnxValue q, OnnxValue k, double scale) {
    return mulScalar(matmul(q, permute(k, new int[] {0, 1, 3, 2})), scale);
  }

  /** softmax(scores, where the mask allows) v. */
  private OnnxValue mix(OnnxValue scores, OnnxValue mask, OnnxValue v) {
    OnnxValue seen = mask == null ? scores : add(scores, hidden(mask, scores));
    return matmul(softmax(seen, 3), v);
  }

  /** 0 where a key may be seen, {@link #HIDDEN} elsewhere. */
  private OnnxValue hidden(OnnxValue mask, OnnxValue like) {
    return select(mask, scalar(0, like), scalar(HIDDEN, like));
  }
}
