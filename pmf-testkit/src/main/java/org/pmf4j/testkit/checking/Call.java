package org.pmf4j.testkit.checking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * One run of a program, on one thread. An eager backend calls the body in it; a graph backend does
 * so the first time.
 */
final class Call implements AutoCloseable {
  private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

  private final CheckingProgram program;
  private final Ledger ledger;
  private final Named<Form> inputs;
  private final Named<Wrapped> given;
  private final boolean nested = TensorScope.isOpen();
  private final Call enclosing = CURRENT.get();
  private final List<Recording> recordings = new ArrayList<>();
  private final List<CheckingParameter> held = new ArrayList<>();
  private Trace trace;

  /**
   * A run on the current thread.
   *
   * @param given the inputs
   * @param known what the body does with such inputs, or null
   */
  Call(CheckingProgram program, Ledger ledger, Named<Wrapped> given, Trace known) {
    this.program = program;
    this.ledger = ledger;
    this.given = given;
    this.inputs = given.map(w -> Form.of(w.tensor()));
    this.trace = known;
    CURRENT.set(this);
    ledger.runBegins();
    owned().forEach(Role.Owned::runBegins);
  }

  /** Begins: what the body is known to assign is not another thread's until the end. */
  void begin() {
    if (trace != null) {
      trace.assigned().forEach(this::hold);
    }
  }

  /** The run of a program that is going on on this thread, or null. */
  static Call current(CheckingProgram program) {
    Call c = CURRENT.get();
    while (c != null && c.program != program) {
      c = c.enclosing;
    }
    return c;
  }

  private List<Role.Owned> owned() {
    return given.asMap().values().stream()
        .filter(w -> w.role() instanceof Role.Owned)
        .map(w -> (Role.Owned) w.role())
        .toList();
  }

  private void hold(CheckingParameter parameter) {
    if (parameter.assign(program.toString())) {
      held.add(parameter);
    }
  }

  /** The body is called with these inputs. */
  void bodyBegins(Recording recording, Named<Tensor> handed) {
    recordings.add(recording);
    ledger.require(
        handed.names().equals(inputs.names())
            && handed.asMap().entrySet().stream()
                .allMatch(e -> Form.of(e.getValue()).matches(inputs.get(e.getKey()))),
        "the delegate calls the body of %s with %s, its inputs are %s",
        program,
        handed,
        inputs);
  }

  /** The body has ended. */
  void bodyEnds(Trace done) {
    trace = done;
  }

  /** The delegate has returned; reports what it left behind or did not return as it should. */
  void requireResults(Named<Tensor> outputs) {
    ledger.require(!nested, "%s was run inside another program", program);
    ledger.require(nested || !TensorScope.isOpen(), "the delegate leaves %s open", program);
    recordings.forEach(Recording::requireTidy);
    given
        .asMap()
        .forEach(
            (name, w) ->
                ledger.require(
                    !w.tensor().isClosed(),
                    "the delegate closes the input '%s' of %s",
                    name,
                    program));
    if (trace != null) {
      List<String> expected = List.copyOf(trace.outputs().keySet());
      List<String> names = List.copyOf(outputs.names());
      ledger.require(
          expected.equals(names),
          "the delegate returns the outputs %s of %s, its body %s",
          names,
          program,
          expected);
    }
    outputs.asMap().forEach(this::requireResult);
  }

  private void requireResult(String name, Tensor output) {
    Form form = Form.of(output);
    Map<String, Form> expected = trace == null ? Map.of() : trace.forms();
    ledger.require(
        expected.getOrDefault(name, form).isMetBy(form),
        "the delegate returns the output '%s' of %s as %s, its body as %s",
        name,
        program,
        form,
        expected.get(name));
    ledger.require(
        !output.isClosed() && given.asMap().values().stream().noneMatch(w -> w.tensor() == output),
        "the output '%s' of %s is not the caller's own to close: %s",
        name,
        program,
        output);
  }

  /** Ends on the current thread. */
  @Override
  public void close() {
    held.forEach(CheckingParameter::assigned);
    owned().forEach(Role.Owned::runEnds);
    ledger.runEnds();
    if (enclosing == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(enclosing);
    }
  }
}
