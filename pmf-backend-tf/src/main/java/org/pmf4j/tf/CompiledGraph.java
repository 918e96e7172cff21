package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.backend.engine.SignatureGraphs;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.family.TType;

/** A traced program: a graph, and a session that runs it. Several threads may run it at once. */
final class CompiledGraph implements SignatureGraphs.Compiled<TfValue> {
  private final Graph graph;
  private final Session session;
  private final Map<String, Operand<? extends TType>> inputs;
  private final Map<TfValue.Held, Operand<? extends TType>> captured;
  private final Map<String, Fetch> outputs = new LinkedHashMap<>();
  private final Map<TfVariable, Fetch> assigned = new LinkedHashMap<>();
  private final Lifetime lifetime = new Lifetime("a graph", this::free);

  /** A result of the run. Each has a node of its own, for an input can't be fetched itself. */
  private record Fetch(Operand<? extends TType> node, DType dtype) {}

  CompiledGraph(TfRuntime runtime, GraphTrace trace, Named<TypedValue<TfValue>> results) {
    this.graph = trace.graph();
    this.inputs = trace.inputs();
    results
        .asMap()
        .forEach((name, v) -> outputs.put(name, fetch(trace, trace.operand(v.value()), v.dtype())));
    trace
        .assigned()
        .forEach(
            (variable, value) -> assigned.put(variable, fetch(trace, value, variable.dtype())));
    this.captured = trace.captured();
    this.session = new Session(graph, runtime.session());
  }

  private static Fetch fetch(GraphTrace trace, Operand<? extends TType> value, DType dtype) {
    return new Fetch(trace.ops().identity(value), dtype);
  }

  @Override
  public Named<TypedValue<TfValue>> run(Named<TypedValue<TfValue>> in) {
    if (!lifetime.tryEnter()) {
      return null;
    }
    List<TfData> inUse = new ArrayList<>();
    try {
      if (outputs.isEmpty() && assigned.isEmpty()) {
        return Named.none();
      }
      return results(feed(in, inUse));
    } finally {
      inUse.forEach(TfData::leave);
      lifetime.leave();
    }
  }

  private Session.Runner feed(Named<TypedValue<TfValue>> in, List<TfData> inUse) {
    Session.Runner runner = session.runner();
    inputs.forEach((name, node) -> feed(runner, node, in.get(name).value(), inUse));
    captured.forEach((value, node) -> feed(runner, node, value, inUse));
    outputs.values().forEach(f -> runner.fetch(f.node()));
    assigned.values().forEach(f -> runner.fetch(f.node()));
    return runner;
  }

  private static void feed(
      Session.Runner runner, Operand<?> node, TfValue value, List<TfData> inUse) {
    TfData data = ((TfValue.Held) value).enter();
    inUse.add(data);
    runner.feed(node, data.memory());
  }

  /** The results are not closed with {@code result}: they outlive it, each on its own. */
  private Named<TypedValue<TfValue>> results(Session.Runner runner) {
    Result result = runner.run();
    Map<String, TypedValue<TfValue>> named = new LinkedHashMap<>();
    int i = 0;
    for (Map.Entry<String, Fetch> e : outputs.entrySet()) {
      TfData data = data(result, i++, e.getValue());
      named.put(e.getKey(), new TypedValue<>(data, data.shape(), data.dtype()));
    }
    for (Map.Entry<TfVariable, Fetch> e : assigned.entrySet()) {
      e.getKey().assign(data(result, i++, e.getValue()));
    }
    return Named.of(named);
  }

  private static TfData data(Result result, int i, Fetch fetch) {
    TType memory = (TType) result.get(i);
    return new TfData(memory, TfTypes.shape(memory.shape()), fetch.dtype());
  }

  /** Frees session and graph when the runs that are under way have ended. */
  @Override
  public void close() {
    lifetime.close();
  }

  private void free() {
    session.close();
    graph.close();
  }
}
