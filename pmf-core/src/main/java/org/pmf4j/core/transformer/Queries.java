package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * Queries of a layer and what they are made of.
 *
 * @param states [B, R, d], what enters attention
 * @param heads [B, H, R, e], not turned
 * @param turned the same made of turned states, for keys that are made so, or null
 */
record Queries(Tensor states, Tensor heads, Tensor turned) {

  /** As many samples as a memory has, where all samples share these. */
  Queries repeatFor(Tensor keys) {
    return heads.shape().dim(0) == 1
        ? new Queries(states, heads.repeatFor(keys), turned == null ? null : turned.repeatFor(keys))
        : this;
  }
}
