package org.pmf4j.djl;

import ai.djl.pytorch.jni.JniUtils;
import org.pmf4j.api.tensor.MatrixKernels;

/** Matrix products. */
interface PtMatrix extends MatrixKernels<PtValue> {
  @Override
  default PtValue matmul(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.matmul(a.array(), b.array()));
  }

  @Override
  default PtValue linear(PtValue x, PtValue weight, PtValue bias) {
    return PtValue.own(
        JniUtils.linear(x.array(), weight.array(), bias == null ? null : bias.array()));
  }
}
