package org.pmf4j.tf;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.backend.engine.GraphEngine;
import org.pmf4j.api.backend.engine.TypedValue;
import org.pmf4j.api.tensor.Named;

/**
 * A program that is traced into graphs. Inputs of new shapes are checked by running the body
 * without building anything. The graph that then computes leaves as many dimensions open as the
 * body lets it; which graph that is depends on the inputs alone, not on what ran before, so that
 * the bits of a result do so too.
 */
final class TfProgram implements GraphEngine.Graphs<TfValue> {
  /**
   * The most graphs that are kept; the one that was not used for longest makes room. Of three
   * modalities, of which any may be missing and one varies in length, there are some twenty; a
   * graph takes some ten MiB, and seconds to build, so that one more than are kept costs much.
   */
  private static final int GRAPHS = 32;

  private static final int CHECKED_SIGNATURES = 1000;

  private final TfRuntime runtime;
  private final GraphEngine.Body<TfValue> body;
  private final Set<Signature> checked = new HashSet<>();
  private final Set<Signature> tooOpen = new HashSet<>();
  private final Map<Signature, CompiledGraph> graphs = new LinkedHashMap<>(16, 0.75f, true);

  TfProgram(TfRuntime runtime, GraphEngine.Body<TfValue> body) {
    this.runtime = runtime;
    this.body = body;
  }

  @Override
  public Named<TypedValue<TfValue>> run(Named<TypedValue<TfValue>> inputs) {
    Signature signature = Signature.of(inputs);
    Named<TypedValue<TfValue>> outputs = null;
    while (outputs == null) {
      // Another thread's program may have taken the graph's place before it ran.
      outputs = graph(signature).run(inputs);
    }
    return outputs;
  }

  private synchronized CompiledGraph graph(Signature signature) {
    check(signature);
    for (Signature.Openness openness : Signature.Openness.values()) {
      Signature open = signature.with(openness);
      CompiledGraph known = graphs.get(open);
      if (known != null) {
        return known;
      }
      if (!tooOpen.contains(open)) {
        try {
          return keep(open, compile(open));
        } catch (RuntimeException e) {
          if (open.equals(signature)) {
            throw e;
          }
          tooOpen.add(open);
        }
      }
    }
    throw new IllegalStateException("a program cannot be traced");
  }

  private CompiledGraph keep(Signature signature, CompiledGraph graph) {
    graphs.put(signature, graph);
    if (graphs.size() > GRAPHS) {
      graphs.remove(graphs.keySet().iterator().next()).close();
    }
    return graph;
  }

  private void check(Signature signature) {
    if (checked.contains(signature)) {
      return;
    }
    trace(new ShapeTrace(), signature);
    if (checked.size() == CHECKED_SIGNATURES) {
      checked.clear();
    }
    checked.add(signature);
  }

  private CompiledGraph compile(Signature signature) {
    GraphTrace trace = new GraphTrace();
    try {
      return new CompiledGraph(runtime, trace, trace(trace, signature));
    } catch (RuntimeException e) {
      trace.graph().close();
      throw e;
    }
  }

  private Named<TypedValue<TfValue>> trace(Trace trace, Signature signature) {
    Map<String, TypedValue<TfValue>> symbols = new LinkedHashMap<>();
    signature.inputs().forEach(i -> symbols.put(i.name(), trace.input(i)));
    return trace.during(() -> body.trace(Named.of(symbols), trace));
  }

  @Override
  public synchronized void close() {
    graphs.values().forEach(CompiledGraph::close);
    graphs.clear();
  }
}
