package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.tensor.Tensor;

/**
 * Queries of a layer and what they are made of.
 *
 * @param states [B, R, d], what enters attention
 * @param heads [B, H, R, e], not turned
 * @param turned the same made of turned states, for keys that are made so, or null
 */
record Queries(Tensor states, Tensor heads, Tensor turned) {

  /**
   * Queries of tokens.
   *
   * @param x [B, R, d], what enters attention
   */
  static Queries of(Tensor x, Place place, Projections projections, Positions positions) {
    Tensor turned = positions.turnedStates(x, place, projections.heads());
    return new Queries(
        x,
        positions.content(projections.queries(x)),
        turned == null ? null : positions.content(projections.queries(turned)));
  }

  /** As many samples as a memory has, where all samples share these. */
  Queries repeatFor(Tensor keys) {
    return heads.shape().dim(0) == 1
        ? new Queries(states, heads.repeatFor(keys), turned == null ? null : turned.repeatFor(keys))
        : this;
  }
}
