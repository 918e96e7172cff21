package org.pmf4j.testkit.checking;

import java.util.Set;
import java.util.function.Consumer;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** A backend inside checks. */
final class CheckingBackend implements Backend {
  private final String name;
  private final Backend delegate;
  private final Ledger ledger;
  private final CheckingKernels kernels;

  CheckingBackend(String name, Backend delegate, Consumer<ContractViolation> violations) {
    this.name = name;
    this.delegate = delegate;
    this.ledger = new Ledger(name, violations);
    this.kernels = new CheckingKernels(ledger);
  }

  /** What the delegate says of itself, under the name that this one was chosen by. */
  @Override
  public BackendInfo info() {
    BackendInfo i = delegate.info();
    return new BackendInfo(name, i.engine(), i.device(), i.threads(), i.capabilities());
  }

  @Override
  public Tensor tensor(HostTensor data) {
    ledger.requireOpen();
    Tensor made = delegate.tensor(data);
    Form wanted = Form.of(data);
    Form found = Form.of(made);
    ledger.require(wanted.equals(found), "the delegate makes a tensor %s of %s", found, wanted);
    requireDeclared(data.dtype());
    return kernels.owned(made, "tensor " + found);
  }

  @Override
  public Tensor deferred(Shape shape, DType dtype, DeferredData data) {
    ledger.requireOpen();
    requireDeclared(dtype);
    Tensor made = delegate.deferred(shape, dtype, data);
    Form found = Form.of(made);
    ledger.require(
        made.shape().equals(shape) && made.dtype() == dtype,
        "the delegate makes a tensor %s of %s %s",
        found,
        dtype,
        shape);
    return kernels.owned(made, "tensor " + found);
  }

  @Override
  public Tensor quantized(Shape shape, DeferredData data) {
    ledger.requireOpen();
    Tensor made = delegate.quantized(shape, data);
    Form found = Form.of(made);
    ledger.require(
        made.shape().equals(shape) && made.dtype() == DType.FLOAT32,
        "the delegate makes a tensor %s of a quantized matrix %s",
        found,
        shape);
    return kernels.owned(made, "tensor " + found);
  }

  @Override
  public Parameter parameter(String parameter, HostTensor initial) {
    ledger.requireOpen();
    ledger.requireOutsideOfBodies("making a parameter");
    Parameter made = delegate.parameter(parameter, initial);
    ledger.require(
        made.name().equals(parameter) && made.shape().equals(initial.shape()),
        "the delegate makes a parameter '%s' %s of '%s' %s",
        made.name(),
        made.shape(),
        parameter,
        initial.shape());
    requireDeclared(initial.dtype());
    return new CheckingParameter(kernels, made, initial);
  }

  private void requireDeclared(DType dtype) {
    Set<Capability> declared = delegate.info().capabilities();
    ledger.require(
        (dtype != DType.FLOAT64 || declared.contains(Capability.FLOAT64))
            && (dtype != DType.BFLOAT16 || declared.contains(Capability.BFLOAT16)),
        "the delegate takes %s, which it does not declare",
        dtype);
  }

  @Override
  public HostTensor read(Tensor tensor) {
    ledger.requireOpen();
    Wrapped wrapped = kernels.unwrap(tensor);
    boolean inside = TensorScope.isOpen();
    HostTensor read = delegate.read(wrapped.tensor());
    ledger.require(!inside, "the delegate reads a tensor inside a program");
    wrapped.role().used(null);
    Form wanted = Form.of(tensor);
    ledger.require(
        wanted.isMetBy(Form.of(read)),
        "the delegate reads %s as %s: %s",
        wanted,
        Form.of(read),
        wrapped.role());
    return read;
  }

  @Override
  public Program inference(String program, InferenceBody body) {
    ledger.requireOpen();
    ledger.requireOutsideOfBodies("compiling a program");
    return new CheckingProgram(
        kernels,
        program,
        (inputs, tape) -> body.apply(inputs),
        checked -> delegate.inference(program, inputs -> checked.apply(inputs, null)));
  }

  @Override
  public Program training(String program, TrainingBody body) {
    ledger.requireOpen();
    ledger.requireOutsideOfBodies("compiling a program");
    Program made =
        new CheckingProgram(kernels, program, body, checked -> delegate.training(program, checked));
    ledger.require(
        delegate.info().can(Capability.TRAINING),
        "the delegate compiles %s, and does not declare TRAINING",
        made);
    return made;
  }

  @Override
  public void close() {
    ledger.requireOutsideOfBodies("closing the backend");
    ledger.close(delegate::close);
  }
}
