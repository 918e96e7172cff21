package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * What makes scores cosines (scaled cosine attention; Liu et al., 2022): queries and keys of length
 * 1, and queries times a factor of each head.
 *
 * @param logarithms [H, 1, 1], of the factors
 */
record Cosines(Tensor logarithms) {
  private static final double MOST = Math.log(100);

  /** The square of the length that shorter vectors are divided by, as in the reference. */
  private static final double SHORTEST = 1e-24;

  /** [B, H, N, e] → [B, H, N, e]. */
  Tensor queries(Tensor q) {
    Tensor least = logarithms.filled(-MOST, logarithms.dtype());
    return keys(q).mul(logarithms.neg().maximum(least).neg().exp());
  }

  /** [B, H, N, e] → [B, H, N, e]. */
  static Tensor keys(Tensor k) {
    Tensor square = k.square().sum(-1);
    // The bound goes before the root, whose gradient at 0 is infinite.
    return k.div(square.maximum(square.filled(SHORTEST, square.dtype())).sqrt());
  }
}
