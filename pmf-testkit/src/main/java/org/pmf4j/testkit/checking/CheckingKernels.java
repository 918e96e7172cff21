package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Tensor;

/** Does each operation on the delegate's tensors, and records it. */
final class CheckingKernels implements CheckedNeural, Kernels<Wrapped> {
  private final Ledger ledger;

  CheckingKernels(Ledger ledger) {
    this.ledger = ledger;
  }

  Ledger ledger() {
    return ledger;
  }

  /** The value of one of this backend's own tensors, which has the shape and type that it says. */
  Wrapped unwrap(Tensor tensor) {
    Wrapped wrapped = tensor.value(this);
    Form outside = Form.of(tensor);
    Form inside = Form.of(wrapped.tensor());
    ledger.require(
        outside.equals(inside), "%s is %s by the rules: %s", inside, outside, wrapped.role());
    return wrapped;
  }

  /** A tensor that its receiver closes. */
  Tensor owned(Tensor delegate, String what) {
    Wrapped wrapped = new Wrapped(delegate, new Role.Owned(ledger, what));
    return Tensor.of(this, wrapped, delegate.shape(), delegate.dtype());
  }

  @Override
  public Wrapped operation(
      String name, List<Wrapped> operands, List<?> numbers, Supplier<Tensor> delegate) {
    Recording body = Recording.current(ledger);
    if (body == null) {
      throw new ContractViolation(
          name + " of " + operands.get(0).role() + " inside a program of another backend");
    }
    List<Object> arguments = new ArrayList<>();
    for (Wrapped operand : operands) {
      operand.role().used(body);
      arguments.add(operand.role().reference());
    }
    arguments.addAll(numbers);
    return body.step(name, arguments, delegate.get());
  }

  @Override
  public void release(Wrapped value) {
    value.release();
  }

  @Override
  public void closedInUse(Wrapped value) {
    ledger.requireOutsideOfBodies("closing a tensor that it did not make (" + value.role() + ")");
    ledger.require(false, "closed while a program uses it: %s", value.role());
  }

  @Override
  public String history(Wrapped value) {
    return value.role().history();
  }
}
