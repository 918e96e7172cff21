package org.pmf4j.api.nn;

import org.pmf4j.api.tensor.Tensor;

/**
 * Root mean square normalization over the last dimension (Zhang and Sennrich, 2019): x / √(mean(x²)
 * + ε), scaled, with no mean taken off and no shift. Used by whichever thread runs the program that
 * it is part of, by several at once.
 *
 * @param scale [d]
 * @param epsilon added to the mean of the squares
 * @since API version 2
 */
public record RmsNorm(Tensor scale, double epsilon) {
  /** Normalizes x, [..., d]. */
  public Tensor apply(Tensor x) {
    return x.div(x.square().mean(-1).add(epsilon).sqrt()).mul(scale);
  }
}
