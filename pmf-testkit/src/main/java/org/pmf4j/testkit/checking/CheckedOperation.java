package org.pmf4j.testkit.checking;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pmf4j.api.tensor.Tensor;

/** What the operation families are written with. */
interface CheckedOperation {
  /**
   * Checks who uses the operands, does the operation and records it.
   *
   * @param numbers scalars, axes, bounds and types: all that a graph would hold as a constant
   * @param delegate the operation on the delegate's tensors
   */
  Wrapped operation(
      String name, List<Wrapped> operands, List<?> numbers, Supplier<Tensor> delegate);

  /** With one operand. */
  default Wrapped unary(
      String name, Wrapped a, UnaryOperator<Tensor> operation, Object... numbers) {
    return operation(name, List.of(a), List.of(numbers), () -> operation.apply(a.tensor()));
  }

  /** With two operands. */
  default Wrapped binary(String name, Wrapped a, Wrapped b, BinaryOperator<Tensor> operation) {
    return operation(name, List.of(a, b), List.of(), () -> operation.apply(a.tensor(), b.tensor()));
  }
}
