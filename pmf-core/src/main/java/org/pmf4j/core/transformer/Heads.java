package org.pmf4j.core.transformer;

import org.pmf4j.api.tensor.Tensor;

/**
 * Vectors of width d as H heads of width d/H.
 *
 * @param count H
 * @param width d/H
 */
record Heads(int count, int width) {

  /** [B, N, d] → [B, H, N, d/H]. */
  Tensor split(Tensor x) {
    return x.reshape(Tensor.KEEP, Tensor.INFER, count, width).permute(0, 2, 1, 3);
  }

  /** [B, H, N, d/H] → [B, N, d]. */
  Tensor merge(Tensor x) {
    return x.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.INFER, (long) count * width);
  }
}
