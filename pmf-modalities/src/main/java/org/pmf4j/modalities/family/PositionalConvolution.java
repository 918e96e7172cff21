package org.pmf4j.modalities.family;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * The positional embedding of wav2vec 2.0: a convolution by groups of channels over many frames to
 * each side, whose weight is a direction and a length for each tap (weight normalization, Salimans
 * and Kingma, 2016).
 *
 * @param length [1, 1, taps]
 * @param direction [d, d/groups, taps]
 * @param bias [d]
 * @param groups of channels
 * @param activation after the convolution
 */
record PositionalConvolution(
    Tensor length, Tensor direction, Tensor bias, int groups, Activation activation) {
  /** Taps that share a matrix product: fewer make it slow, more make its windows large. */
  private static final int TAPS_AT_ONCE = 16;

  static PositionalConvolution of(EncoderConfig config, int d, Activation act, Weights weights) {
    int taps = config.size("num_conv_pos_embeddings", 128);
    int groups = config.size("num_conv_pos_embedding_groups", 16);
    if (d % groups != 0) {
      throw config.wrong("hidden_size", "a multiple of num_conv_pos_embedding_groups " + groups, d);
    }
    Weights w = weights.under("encoder.pos_conv_embed.conv.");
    boolean old = w.has("weight_g");
    return new PositionalConvolution(
        w.get(old ? "weight_g" : "parametrizations.weight.original0", 1, 1, taps),
        w.get(old ? "weight_v" : "parametrizations.weight.original1", d, d / groups, taps),
        w.get("bias", d),
        groups,
        act);
  }

  /** [B, T, d] → [B, T, d]. */
  Tensor apply(Tensor x) {
    return TensorScope.tidy(
        () -> {
          Tensor channels = byGroup(x);
          Tensor weight = weight();
          Tensor sum = null;
          for (long from = 0; from < taps(); from += TAPS_AT_ONCE) {
            Tensor part = part(x, channels, weight, from);
            sum = sum == null ? part : sum.add(part);
          }
          Tensor merged = sum.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, x.dim(2));
          return activation.apply(merged.add(bias));
        });
  }

  private long taps() {
    return direction.dim(2);
  }

  /** Zeros at both ends, so that as many frames come out: [B, T, d] → [B, G, T', d/G]. */
  private Tensor byGroup(Tensor x) {
    long before = taps() / 2;
    return Convolution.padded(x, before, taps() - 1 - before)
        .reshape(Tensor.KEEP, Tensor.KEEP, groups, x.dim(2) / groups)
        .permute(0, 2, 1, 3);
  }

  /** What some taps give, [B, G, T, d/G]. */
  private Tensor part(Tensor x, Tensor channels, Tensor weight, long from) {
    long to = Math.min(from + TAPS_AT_ONCE, taps());
    return TensorScope.tidy(
        () -> {
          List<Tensor> windows = new ArrayList<>();
          for (long tap = from; tap < to; tap++) {
            windows.add(channels.slice(2, tap, -1).sliceLike(2, x, 1));
          }
          long width = channels.dim(3);
          return Tensor.concat(3, windows).matmul(weight.slice(1, from * width, to * width));
        });
  }

  /** [G, taps · d/G, d/G]. */
  private Tensor weight() {
    Tensor norm = direction.square().sum(0, 1).sqrt();
    Tensor whole = direction.mul(length.div(norm));
    long width = direction.dim(1);
    return whole
        .reshape(groups, width, width, taps())
        .permute(0, 3, 2, 1)
        .reshape(groups, taps() * width, width);
  }
}
