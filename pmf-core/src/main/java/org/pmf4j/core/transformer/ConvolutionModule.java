package org.pmf4j.core.transformer;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.ConformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.nn.ZeroPadding;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * The convolution module of a Conformer (Gulati et al., 2020), without its residual sum.
 *
 * @param norm before it
 * @param in [2 d, d, 1], to what is let through and its gate
 * @param taps [d, 1, kernel], of each channel alone
 * @param batchNorm by saved statistics
 * @param activation after it
 * @param out [d, d, 1]
 */
record ConvolutionModule(
    UnaryOperator<Tensor> norm,
    Tensor in,
    Tensor taps,
    SavedBatchNorm batchNorm,
    Activation activation,
    Tensor out) {

  /**
   * Batch normalization by the statistics of training (Ioffe and Szegedy, 2015).
   *
   * @param scale [d]
   * @param shift [d]
   * @param mean [d]
   * @param variance [d]
   * @param epsilon added to the variance
   */
  record SavedBatchNorm(Tensor scale, Tensor shift, Tensor mean, Tensor variance, double epsilon) {
    static SavedBatchNorm of(String name, int d, double epsilon, Weights weights) {
      return new SavedBatchNorm(
          weights.get(name + ".weight", d),
          weights.get(name + ".bias", d),
          weights.get(name + ".running_mean", d),
          weights.get(name + ".running_var", d),
          epsilon);
    }

    /** [B, N, d] → [B, N, d]. */
    Tensor apply(Tensor x) {
      return x.sub(mean).mul(scale.div(variance.add(epsilon).sqrt())).add(shift);
    }
  }

  static ConvolutionModule of(
      ConformerSpec spec, ConformerSpec.Names names, UnaryOperator<Tensor> norm, Weights weights) {
    int d = spec.transformer().width();
    return new ConvolutionModule(
        norm,
        weights.matrix(names.pointwiseIn() + ".weight", 2L * d, d, 1),
        weights.get(names.depthwise() + ".weight", d, 1, spec.kernel()),
        SavedBatchNorm.of(names.batchNorm(), d, spec.transformer().epsilon(), weights),
        spec.transformer().activation(),
        weights.matrix(names.pointwiseOut() + ".weight", d, d, 1));
  }

  /**
   * What the module adds to a sequence's tokens.
   *
   * @param x [B, N, d]
   * @param mask BOOL [B, N], or null if all are real
   * @return [B, N, d]
   */
  Tensor apply(Tensor x, Tensor mask) {
    return TensorScope.tidy(
        () -> {
          long d = x.dim(2);
          Tensor both = pointwise(in, norm.apply(x));
          Tensor gated = both.slice(2, 0, d).mul(both.slice(2, d, -1).sigmoid());
          both.close();
          if (mask != null) {
            Tensor real = mask.cast(x.dtype()).reshape(Tensor.KEEP, Tensor.KEEP, 1);
            gated = gated.mul(real);
          }
          return pointwise(out, activation.apply(batchNorm.apply(depthwise(gated))));
        });
  }

  private static Tensor pointwise(Tensor weight, Tensor x) {
    return new Linear(weight.reshape(Tensor.KEEP, Tensor.KEEP), null).apply(x);
  }

  /** As many tokens come out as go in: beyond the ends all is 0. */
  private Tensor depthwise(Tensor x) {
    long kernel = taps.dim(2);
    Tensor padded = ZeroPadding.around(x, 1, (kernel - 1) / 2, (kernel - 1) / 2);
    Tensor byTap = taps.reshape(Tensor.KEEP, kernel).transpose();
    Tensor sum = null;
    for (long k = 0; k < kernel; k++) {
      Tensor before = sum;
      long tap = k;
      sum =
          TensorScope.tidy(
              () -> {
                Tensor seen = padded.slice(1, tap, -1).sliceLike(1, x, 1);
                Tensor part = seen.mul(byTap.slice(0, tap, tap + 1));
                return before == null ? part : before.add(part);
              });
      if (before != null) {
        before.close();
      }
    }
    return sum;
  }
}
