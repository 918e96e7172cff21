package org.pmf4j.testkit.checking;

import java.util.Arrays;
import org.pmf4j.api.tensor.ReductionKernels;

/** Reductions. */
interface CheckedReduction extends CheckedOperation, ReductionKernels<Wrapped> {
  @Override
  default Wrapped sum(Wrapped a, int[] axes) {
    return unary("sum", a, t -> t.sum(axes), Arrays.stream(axes).boxed().toList());
  }

  @Override
  default Wrapped mean(Wrapped a, int[] axes) {
    return unary("mean", a, t -> t.mean(axes), Arrays.stream(axes).boxed().toList());
  }

  @Override
  default Wrapped max(Wrapped a, int axis) {
    return unary("max", a, t -> t.max(axis), axis);
  }
}
