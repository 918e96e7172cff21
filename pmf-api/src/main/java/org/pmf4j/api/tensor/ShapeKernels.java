package org.pmf4j.api.tensor;

import java.util.List;

/**
 * Operations that move elements or read them in another shape. Axes are never negative here.
 * Implementations have no state that changes: several threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface ShapeKernels<V> {
  /**
   * Row-major reshape.
   *
   * @param to the shape that results, as far as it is known
   * @param dims what was asked for, with {@link Tensor#KEEP} and {@link Tensor#INFER}
   */
  V reshape(V a, Shape to, long[] dims);

  /** Dimension {@code i} of the result is dimension {@code axes[i]} of {@code a}. */
  V permute(V a, int[] axes);

  /** Positions {@code from} to {@code to} (exclusive; −1 for the end) along an axis. */
  V slice(V a, int axis, long from, long to);

  /**
   * The first positions of {@code a} along an axis, as many as {@code like} has along its own.
   * Called only by a backend that traces with unknown dimensions; else it is a {@link #slice}.
   */
  default V sliceLike(V a, int axis, V like, int likeAxis) {
    throw new IllegalStateException("sliceLike is for backends that trace unknown dimensions");
  }

  /**
   * Positions 0, {@code step}, 2 · {@code step}, … along an axis. Called only by a backend that
   * traces with unknown dimensions; else it is put together from other operations.
   *
   * @param step at least 2
   * @since API version 2
   */
  default V every(V a, int axis, long step) {
    throw new IllegalStateException("every is for backends that trace unknown dimensions");
  }

  /** One after the other along an axis. */
  V concat(List<V> parts, int axis);

  /** [1, …] repeated to [B, …], B being the first dimension of {@code batch}. */
  V repeatFor(V a, V batch);

  /**
   * A constant of the shape of {@code like}; of BOOL it is true unless the number is 0.
   *
   * @param type the element type; null for that of {@code like}
   * @throws IllegalArgumentException for a type that the backend does not declare
   */
  V filled(V like, double number, DType type);
}
