package org.pmf4j.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import org.pmf4j.api.tensor.ReductionKernels;

/** Reductions that keep the reduced axes with size 1. */
interface PtReduction extends ReductionKernels<PtValue> {
  @Override
  default PtValue sum(PtValue a, int[] axes) {
    long[] dims = Arrays.stream(axes).asLongStream().toArray();
    return PtValue.own(JniUtils.sum(a.array(), dims, true));
  }

  /** The mean over one axis after the other, as DJL takes one at a time. */
  @Override
  default PtValue mean(PtValue a, int[] axes) {
    if (axes.length == 0) {
      return PtValue.own(JniUtils.mean(a.array()));
    }
    PtNDArray result = JniUtils.mean(a.array(), axes[0], true);
    for (int i = 1; i < axes.length; i++) {
      try (PtNDArray before = result) {
        result = JniUtils.mean(before, axes[i], true);
      }
    }
    return PtValue.own(result);
  }

  @Override
  default PtValue max(PtValue a, int axis) {
    return PtValue.own(JniUtils.max(a.array(), axis, true));
  }
}
