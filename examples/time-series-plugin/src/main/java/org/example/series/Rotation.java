package org.example.series;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Rotary positions (Su et al., 2021) whose pairs of channels stand beside each other, (0, 1), (2,
 * 3), …, as in GPT-J.
 *
 * @param cosines [L, e], both channels of a pair alike
 * @param sines [L, e]
 */
record Rotation(Tensor cosines, Tensor sines) {
  private static final double BASE = 10_000;

  /**
   * The tables, worked out.
   *
   * @param longest L
   * @param width e, even
   */
  static Rotation of(int longest, int width, Weights weights) {
    float[] cosines = new float[longest * width];
    float[] sines = new float[longest * width];
    for (int i = 0; i < longest; i++) {
      for (int c = 0; c < width; c++) {
        double angle = i * Math.pow(BASE, -2.0 * (c / 2) / width);
        cosines[i * width + c] = (float) Math.cos(angle);
        sines[i * width + c] = (float) Math.sin(angle);
      }
    }
    return new Rotation(
        weights.constant("rotation.cosines", HostTensor.of(cosines, longest, width)),
        weights.constant("rotation.sines", HostTensor.of(sines, longest, width)));
  }

  /** The vectors of the first tokens, [B, H, N, e], each turned by its position. */
  Tensor turn(Tensor x) {
    long heads = x.dim(1);
    long e = x.dim(3);
    Tensor pairs = x.reshape(Tensor.KEEP, heads, Tensor.INFER, e / 2, 2);
    Tensor swapped =
        Tensor.concat(4, pairs.slice(4, 1, 2).neg(), pairs.slice(4, 0, 1))
            .reshape(Tensor.KEEP, heads, Tensor.INFER, e);
    Tensor c = cosines.sliceLike(0, x, 2);
    Tensor s = sines.sliceLike(0, x, 2);
    return x.mul(c).add(swapped.mul(s));
  }
}
