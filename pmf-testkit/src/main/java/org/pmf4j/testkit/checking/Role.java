package org.pmf4j.testkit.checking;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** Where a tensor comes from, which decides who may use and close it. */
sealed interface Role {
  /** What stands for this tensor in a recording: equal where a body does the same again. */
  Object reference();

  /**
   * It is used.
   *
   * @param body the body that uses it, or null outside of programs
   */
  void used(Recording body);

  /**
   * It is closed.
   *
   * @return whether the delegate's tensor is to be closed with it
   */
  boolean released();

  /** What a message about its use after it was closed adds. */
  String history();

  /** Data put onto the device, or an output: the caller's, until the caller closes it. */
  final class Owned implements Role {
    private final Ledger ledger;
    private final Resource resource;
    private final AtomicInteger runs = new AtomicInteger();

    Owned(Ledger ledger, String what) {
      this.ledger = ledger;
      this.resource = ledger.opened(what);
    }

    boolean isClosed() {
      return resource.isClosed();
    }

    /** It is an input of a run that begins. */
    void runBegins() {
      runs.incrementAndGet();
    }

    void runEnds() {
      runs.decrementAndGet();
    }

    @Override
    public Object reference() {
      return this;
    }

    @Override
    public void used(Recording body) {
      if (body != null) {
        body.captured(this);
      }
    }

    @Override
    public boolean released() {
      boolean first = ledger.closed(resource);
      ledger.requireOutsideOfBodies("closing a tensor that it did not make (" + resource + ")");
      ledger.require(runs.get() == 0, "closed while a program runs on it: %s", resource);
      return first;
    }

    @Override
    public String history() {
      return resource.history();
    }

    @Override
    public String toString() {
      return resource.toString();
    }
  }

  /** A parameter's value: the parameter's. */
  record OfParameter(CheckingParameter parameter) implements Role {
    @Override
    public Object reference() {
      return parameter;
    }

    @Override
    public void used(Recording body) {
      if (body != null) {
        body.captured(parameter);
      }
    }

    @Override
    public boolean released() {
      parameter.valueClosed();
      return false;
    }

    @Override
    public String history() {
      return ", the value of " + parameter + parameter.history();
    }
  }

  /** An input as a body sees it: the caller's, and the body's to use until it ends. */
  record Input(Recording body, String name) implements Role {
    @Override
    public Object reference() {
      return "input '" + name + "'";
    }

    @Override
    public void used(Recording by) {
      body.requireSame(by, this);
    }

    @Override
    public boolean released() {
      body.requireOver("its input '" + name + "', which belongs to the caller");
      return false;
    }

    @Override
    public String history() {
      return ", " + this + ", which has ended";
    }

    @Override
    public String toString() {
      return "input '" + name + "' of " + body;
    }
  }

  /** What an operation made inside a body: the scope's. */
  final class Intermediate implements Role {
    private final Recording body;
    private final int operation;
    private final String name;
    private final AtomicBoolean released = new AtomicBoolean();
    private volatile Site closed;

    Intermediate(Recording body, int operation, String name) {
      this.body = body;
      this.operation = operation;
      this.name = name;
    }

    /** Gives an output back to the delegate's own scope, which closes it from now on. */
    void handOver(Tensor output) {
      if (released.compareAndSet(false, true)) {
        TensorScope.register(output);
        body.intermediateClosed();
      }
    }

    @Override
    public Object reference() {
      return "operation " + operation;
    }

    @Override
    public void used(Recording by) {
      body.requireSame(by, this);
    }

    @Override
    public boolean released() {
      boolean first = released.compareAndSet(false, true);
      if (body.isFirstOfItsKind()) {
        closed = Site.here();
      }
      if (first) {
        body.intermediateClosed();
      }
      return first;
    }

    @Override
    public String history() {
      return ", " + this + (closed == null ? ", closed" : ", closed at " + closed);
    }

    @Override
    public String toString() {
      return "operation " + operation + " (" + name + ") of " + body;
    }
  }
}
