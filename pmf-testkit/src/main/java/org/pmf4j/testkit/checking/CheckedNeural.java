package org.pmf4j.testkit.checking;

import java.util.List;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.NeuralKernels;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** The operations of transformers, none of them composed here: the delegate's own are used. */
interface CheckedNeural
    extends CheckedElementwise,
        CheckedShape,
        CheckedMatrix,
        CheckedReduction,
        NeuralKernels<Wrapped> {
  @Override
  default Wrapped gather(Wrapped table, Wrapped indices) {
    return binary("gather", table, indices, Neural::gather);
  }

  @Override
  default Wrapped softmax(Wrapped a, int axis) {
    return unary("softmax", a, t -> Neural.softmax(t, axis), axis);
  }

  @Override
  default Wrapped logSoftmax(Wrapped a, int axis) {
    return unary("logSoftmax", a, t -> Neural.logSoftmax(t, axis), axis);
  }

  @Override
  default Wrapped layerNorm(Wrapped a, int lastAxis, Wrapped scale, Wrapped shift, double epsilon) {
    return operation(
        "layerNorm",
        List.of(a, scale, shift),
        List.of(epsilon),
        () -> Neural.layerNorm(a.tensor(), scale.tensor(), shift.tensor(), epsilon));
  }

  @Override
  default Wrapped gelu(Wrapped a) {
    return unary("gelu", a, Neural::gelu);
  }

  @Override
  default Wrapped geluTanh(Wrapped a) {
    return unary("geluTanh", a, Neural::geluTanh);
  }

  @Override
  default Wrapped softplus(Wrapped a) {
    return unary("softplus", a, Neural::softplus);
  }

  @Override
  default Wrapped attention(Wrapped q, Wrapped k, Wrapped v, Wrapped mask, double scale) {
    return operation(
        "attention",
        mask == null ? List.of(q, k, v) : List.of(q, k, v, mask),
        List.of(scale),
        () -> Neural.attention(q.tensor(), k.tensor(), v.tensor(), overKeys(mask), scale));
  }

  @Override
  default Wrapped attention(
      Wrapped q, Wrapped k, Wrapped v, Wrapped mask, Wrapped bias, double scale) {
    return operation(
        "attention",
        mask == null ? List.of(q, k, v, bias) : List.of(q, k, v, mask, bias),
        List.of(scale),
        () ->
            Neural.attention(
                q.tensor(), k.tensor(), v.tensor(), overKeys(mask), bias.tensor(), scale));
  }

  /** The mask as the operation takes it, [B, M]; a kernel gets it as [B, 1, 1, M]. */
  private static Tensor overKeys(Wrapped mask) {
    if (mask == null) {
      return null;
    }
    long keys = mask.tensor().shape().dim(3);
    return mask.tensor().reshape(Tensor.KEEP, keys == Shape.UNKNOWN ? Tensor.INFER : keys);
  }
}
