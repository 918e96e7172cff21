package org.pmf4j.api.tensor;

/**
 * Reductions; a reduced axis stays with size 1. Implementations have no state that changes: several
 * threads may use one at once.
 *
 * @param <V> the backend's own value
 */
public interface ReductionKernels<V> {
  /** Sum over the axes. */
  V sum(V a, int[] axes);

  /** Mean over the axes. */
  V mean(V a, int[] axes);

  /** Maximum over one axis; the gradient goes to one maximal element. */
  V max(V a, int axis);
}
