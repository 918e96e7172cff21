package org.pmf4j.api.tensor;

/**
 * Matrix products. Implementations have no state that changes: several threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface MatrixKernels<V> {
  /** Product over the last two dimensions, those before broadcasting. */
  V matmul(V a, V b);

  /**
   * x · weightᵀ + bias.
   *
   * @param x [..., in]
   * @param weight [out, in]
   * @param bias [out], or null for none
   */
  V linear(V x, V weight, V bias);
}
