package org.pmf4j.api.tensor;

/**
 * What a backend computes: the sum of its operation families. {@link Tensor} and {@link Neural}
 * call these after checking types, shapes and life times, so an implementation may trust its
 * operands. A kernel returns a new value and leaves its operands alone; it may share memory with
 * them. What can be composed of other kernels has a default. Implementations have no state that
 * changes: several threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface Kernels<V>
    extends ElementwiseKernels<V>,
        ShapeKernels<V>,
        MatrixKernels<V>,
        ReductionKernels<V>,
        NeuralKernels<V> {

  /** Frees a value, from any thread, once. A graph backend has nothing to do while tracing. */
  void release(V value);

  /**
   * A tensor was closed while a run uses its value; {@link #release} follows when the run ends. For
   * backends that check others. Nothing, unless overridden.
   */
  default void closedInUse(V value) {}

  /**
   * What a message about the use of a released value adds, such as where it was released. Nothing,
   * unless overridden.
   */
  default String history(V value) {
    return "";
  }
}
