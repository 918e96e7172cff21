package org.pmf4j.api.nn;

import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * Layer normalization over the last dimension. Used by whichever thread runs the program that it is
 * part of, by several at once.
 *
 * @param scale [d]
 * @param shift [d], or null for none
 * @param epsilon added to the variance
 */
public record LayerNorm(Tensor scale, Tensor shift, double epsilon) {
  /** Normalizes x, [..., d]. */
  public Tensor apply(Tensor x) {
    Tensor b = shift == null ? scale.filled(0, scale.dtype()) : shift;
    return Neural.layerNorm(x, scale, b, epsilon);
  }
}
