package org.pmf4j.testkit.checking;

import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/** A parameter that knows who assigns it. */
final class CheckingParameter implements Parameter {
  private final CheckingKernels kernels;
  private final Ledger ledger;
  private final Parameter delegate;
  private final Form form;
  private final Resource resource;
  private final ReentrantLock assignment = new ReentrantLock();
  private volatile String assigner = "";
  private volatile Value value;
  private volatile boolean closing;

  /** The delegate's tensor and the one that stands for it. */
  private record Value(Tensor delegate, Tensor tensor) {}

  CheckingParameter(CheckingKernels kernels, Parameter delegate, HostTensor initial) {
    this.kernels = kernels;
    this.ledger = kernels.ledger();
    this.delegate = delegate;
    this.form = Form.of(initial);
    this.resource = ledger.opened("parameter '" + delegate.name() + "' " + form);
    this.value = wrap(delegate.value());
  }

  Parameter delegate() {
    return delegate;
  }

  Form form() {
    return form;
  }

  boolean isOf(CheckingKernels owner) {
    return kernels == owner;
  }

  boolean isClosed() {
    return resource.isClosed();
  }

  String history() {
    return resource.history();
  }

  @Override
  public String name() {
    return delegate.name();
  }

  @Override
  public Shape shape() {
    return delegate.shape();
  }

  /** A graph backend may have another tensor for each place where the value is read. */
  @Override
  public Tensor value() {
    Value v = value;
    if (!isClosed()) {
      Tensor now = delegate.value();
      if (now != v.delegate()) {
        v = wrap(now);
        value = v;
      }
    }
    return v.tensor();
  }

  private Value wrap(Tensor tensor) {
    Form given = Form.of(tensor);
    ledger.require(form.equals(given), "the delegate gives %s the value %s", this, given);
    Wrapped wrapped = new Wrapped(tensor, new Role.OfParameter(this));
    return new Value(tensor, Tensor.of(kernels, wrapped, tensor.shape(), tensor.dtype()));
  }

  /** Someone closes the value. */
  void valueClosed() {
    ledger.require(closing, "the value of %s is closed by others than the parameter", this);
  }

  /**
   * A run assigns it from now until {@link #assigned}.
   *
   * @return false if it is being assigned by another thread, which was reported
   */
  boolean assign(String program) {
    if (!assignment.tryLock()) {
      ledger.report(
          String.format(
              Locale.ROOT,
              "%s is assigned by %s (thread %s) while %s assigns it; one thread at a time may",
              this,
              program,
              Thread.currentThread().getName(),
              assigner));
      return false;
    }
    assigner = program + " (thread " + Thread.currentThread().getName() + ")";
    return true;
  }

  void assigned() {
    assignment.unlock();
  }

  @Override
  public void close() {
    ledger.requireOutsideOfBodies("closing " + this);
    ledger.require(!assignment.isLocked(), "%s is closed while %s assigns it", this, assigner);
    if (ledger.closed(resource)) {
      delegate.close();
      closing = true;
      value.tensor().close();
    }
  }

  @Override
  public String toString() {
    return "parameter '" + delegate.name() + "'";
  }
}
