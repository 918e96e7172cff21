package org.pmf4j.onnx;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.ReductionKernels;

/** Reductions that keep the reduced axes with size 1. */
interface OnnxReduction extends OnnxNodes, ReductionKernels<OnnxValue> {
  @Override
  default OnnxValue sum(OnnxValue a, int[] axes) {
    return node("ReduceSum", a, axes(axes));
  }

  @Override
  default OnnxValue mean(OnnxValue a, int[] axes) {
    return reduce("ReduceMean", a, axes);
  }

  @Override
  default OnnxValue max(OnnxValue a, int axis) {
    return reduce("ReduceMax", a, new int[] {axis});
  }

  private OnnxValue reduce(String operator, OnnxValue a, int[] axes) {
    return GraphTrace.current().opset().takesAxesAsInput()
        ? node(operator, a, axes(axes))
        : node(operator, a.dtype(), List.of(a), Attributes.integers("axes", axes));
  }

  private OnnxValue axes(int[] axes) {
    return integers(Arrays.stream(axes).asLongStream().toArray());
  }
}
