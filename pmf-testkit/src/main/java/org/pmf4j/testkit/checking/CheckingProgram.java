package org.pmf4j.testkit.checking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** A program whose body sees checked tensors, whichever backend calls it, and however often. */
final class CheckingProgram implements Program {
  private final CheckingKernels kernels;
  private final Ledger ledger;
  private final String name;
  private final TrainingBody body;
  private final Program delegate;
  private final Resource resource;
  private final Traces traces = new Traces();
  private final AtomicInteger running = new AtomicInteger();

  /**
   * Compiles a program.
   *
   * @param compile what the delegate makes of a body
   */
  CheckingProgram(
      CheckingKernels kernels,
      String name,
      TrainingBody body,
      Function<TrainingBody, Program> compile) {
    this.kernels = kernels;
    this.ledger = kernels.ledger();
    this.name = name;
    this.body = body;
    this.delegate = compile.apply(this::call);
    this.resource = ledger.opened("program '" + name + "'");
  }

  @Override
  public Named<Tensor> run(Named<Tensor> inputs) {
    if (resource.isClosed()) {
      throw new IllegalStateException(this + " is closed" + resource.history());
    }
    ledger.requireOpen();
    Recording around = Recording.current(ledger);
    Named<Wrapped> given = inputs.map(kernels::unwrap);
    given.asMap().values().forEach(w -> w.role().used(around));
    Trace known = traces.matching(inputs.map(Form::of));
    if (known != null) {
      known.requireOpen(toString());
    }
    running.incrementAndGet();
    try (Call call = new Call(this, ledger, given, known)) {
      call.begin();
      Named<Tensor> outputs = delegate.run(given.map(Wrapped::tensor));
      call.requireResults(outputs);
      return owned(outputs);
    } finally {
      running.decrementAndGet();
    }
  }

  private Named<Tensor> owned(Named<Tensor> outputs) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    outputs
        .asMap()
        .forEach((key, t) -> results.put(key, kernels.owned(t, "output '" + key + "' of " + this)));
    return Named.of(results);
  }

  /** What the delegate gets for the body: from its tensors to its tensors. */
  private Named<Tensor> call(Named<Tensor> inputs, Tape tape) {
    Named<Form> signature = inputs.map(Form::of);
    Call call = Call.current(this);
    try (Recording recording = new Recording(toString(), ledger, signature, traces.get(signature));
        CheckingTape checked = new CheckingTape(kernels, recording, tape)) {
      if (call != null) {
        call.bodyBegins(recording, inputs);
      }
      Named<Wrapped> results = body.apply(handles(recording, inputs), checked).map(kernels::unwrap);
      results.asMap().values().forEach(w -> w.role().used(recording));
      Trace trace = recording.trace(results);
      remember(signature, trace);
      if (call != null) {
        call.bodyEnds(trace);
      }
      return results.map(CheckingProgram::handOver);
    }
  }

  private Named<Tensor> handles(Recording recording, Named<Tensor> inputs) {
    Map<String, Tensor> handles = new LinkedHashMap<>();
    inputs
        .asMap()
        .forEach(
            (key, t) -> {
              Wrapped handle = new Wrapped(t, new Role.Input(recording, key));
              handles.put(
                  key, TensorScope.register(Tensor.of(kernels, handle, t.shape(), t.dtype())));
            });
    return Named.of(handles);
  }

  private void remember(Named<Form> signature, Trace trace) {
    List<String> before = traces.put(signature, trace);
    List<String> now = List.copyOf(trace.outputs().keySet());
    ledger.require(
        before.equals(now),
        "the outputs of %s were %s and now are %s, with the same names of inputs, %s",
        this,
        before,
        now,
        signature.names());
  }

  private static Tensor handOver(Wrapped result) {
    if (result.role() instanceof Role.Intermediate intermediate) {
      intermediate.handOver(result.tensor());
    }
    return result.tensor();
  }

  @Override
  public void close() {
    ledger.requireOutsideOfBodies("closing " + this);
    ledger.require(running.get() == 0, "%s is closed while it runs", this);
    if (ledger.closed(resource)) {
      delegate.close();
    }
  }

  @Override
  public String toString() {
    return "program '" + name + "'";
  }
}
