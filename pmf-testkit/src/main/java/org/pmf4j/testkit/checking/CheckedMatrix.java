package org.pmf4j.testkit.checking;

import java.util.List;
import org.pmf4j.api.tensor.MatrixKernels;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/** Matrix products. */
interface CheckedMatrix extends CheckedOperation, MatrixKernels<Wrapped> {
  @Override
  default Wrapped matmul(Wrapped a, Wrapped b) {
    return binary("matmul", a, b, Tensor::matmul);
  }

  @Override
  default Wrapped linear(Wrapped x, Wrapped weight, Wrapped bias) {
    return operation(
        "linear",
        bias == null ? List.of(x, weight) : List.of(x, weight, bias),
        List.of(),
        () -> Neural.linear(x.tensor(), weight.tensor(), bias == null ? null : bias.tensor()));
  }
}
