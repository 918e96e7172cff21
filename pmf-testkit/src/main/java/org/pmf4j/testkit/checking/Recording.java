package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * One call of a program's body, on one thread: its operations, held one by one against those of the
 * call before that had the same inputs.
 */
final class Recording implements AutoCloseable {
  private static final ThreadLocal<Recording> CURRENT = new ThreadLocal<>();

  private final String program;
  private final Ledger ledger;
  private final Named<Form> inputs;
  private Trace before;
  private final Thread thread = Thread.currentThread();
  private final Recording enclosing = CURRENT.get();
  private final List<Step> steps = new ArrayList<>();
  private final Set<Role.Owned> tensors = new LinkedHashSet<>();
  private final Set<CheckingParameter> parameters = new LinkedHashSet<>();
  private final Set<CheckingParameter> assigned = new LinkedHashSet<>();
  private final AtomicInteger intermediates = new AtomicInteger();
  private volatile boolean over;

  /**
   * Begins on the current thread.
   *
   * @param program for messages
   * @param before what an earlier call with the same inputs did, or null
   */
  Recording(String program, Ledger ledger, Named<Form> inputs, Trace before) {
    this.program = program;
    this.ledger = ledger;
    this.inputs = inputs;
    this.before = before;
    CURRENT.set(this);
  }

  /** The body of a backend that runs on this thread, or null. */
  static Recording current(Ledger ledger) {
    Recording r = CURRENT.get();
    while (r != null && r.ledger != ledger) {
      r = r.enclosing;
    }
    return r;
  }

  /**
   * True while a body is called with such inputs for the first time. What goes wrong in a pure body
   * goes wrong then, so that the stacks, which cost more than all other checks, are taken then
   * alone.
   */
  boolean isFirstOfItsKind() {
    return before == null && !over;
  }

  /** The program's name, for messages. */
  String program() {
    return program;
  }

  boolean isOver() {
    return over;
  }

  void captured(Role.Owned tensor) {
    tensors.add(tensor);
  }

  void captured(CheckingParameter parameter) {
    parameters.add(parameter);
  }

  /** Reports the use of what was made in this body by anyone else. */
  void requireSame(Recording by, Role what) {
    ledger.require(
        by == this,
        "%s is used by %s: what is made in a body is used by its own run alone, and leaves it as"
            + " an output",
        what,
        by == null ? "code outside of programs" : by);
  }

  /** Reports that the body itself closes something. */
  void requireOver(String what) {
    ledger.require(over, "the body of %s closes %s", this, what);
  }

  void intermediateClosed() {
    intermediates.decrementAndGet();
  }

  /** The run has ended; reports what its scope has not closed, because someone took it out. */
  void requireTidy() {
    int left = intermediates.get();
    ledger.require(left <= 0, "%d intermediate results of %s outlive its run", left, this);
  }

  /** An operation that makes a tensor, which now belongs to the delegate's scope by way of ours. */
  Wrapped step(String operation, List<Object> arguments, Tensor result) {
    int number = note(operation, arguments, Form.of(result));
    intermediates.incrementAndGet();
    return new Wrapped(TensorScope.take(result), new Role.Intermediate(this, number, operation));
  }

  /** An assignment. */
  void assignment(CheckingParameter parameter, Object value) {
    note("assign", List.of(parameter, value), null);
    parameters.add(parameter);
    assigned.add(parameter);
  }

  private int note(String operation, List<Object> arguments, Form form) {
    Step now = new Step(operation, arguments, form);
    int number = steps.size();
    steps.add(now);
    if (before != null) {
      boolean more = number < before.steps().size();
      compare("operation " + number, more ? before.steps().get(number) : "none", now);
    }
    return number;
  }

  /** Reports the first difference from the call before. */
  private void compare(String what, Object then, Object now) {
    if (!then.equals(now)) {
      before = null;
      ledger.report(
          String.format(
              Locale.ROOT,
              "%s is not a pure function: called with the inputs %s as before, its %s was %s and now is"
                  + " %s. A graph backend traces a body once, so what changes from run to run must"
                  + " be an input or a parameter",
              this,
              inputs,
              what,
              then,
              now));
    }
  }

  /** The body has ended with these outputs. */
  Trace trace(Named<Wrapped> results) {
    Map<String, Object> outputs =
        new LinkedHashMap<>(results.map(w -> w.role().reference()).asMap());
    Map<String, Form> forms = results.map(w -> Form.of(w.tensor())).asMap();
    if (before != null && steps.size() < before.steps().size()) {
      compare("operation " + steps.size(), before.steps().get(steps.size()), "none");
    }
    if (before != null) {
      compare(
          "list of outputs",
          List.copyOf(before.outputs().entrySet()),
          List.copyOf(outputs.entrySet()));
    }
    if (before != null) {
      return before;
    }
    return new Trace(
        List.copyOf(steps),
        outputs,
        forms,
        Collections.unmodifiableSet(tensors),
        Collections.unmodifiableSet(parameters),
        Collections.unmodifiableSet(assigned));
  }

  /** Ends on the current thread. */
  @Override
  public void close() {
    over = true;
    if (enclosing == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(enclosing);
    }
  }

  @Override
  public String toString() {
    return program + " (thread " + thread.getName() + ")";
  }
}
