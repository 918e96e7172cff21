package org.pmf4j.tf;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A program that is traced into graphs. Inputs of new shapes are checked by running the body
 * without building anything. The graph that then computes leaves as many dimensions open as the
 * body lets it; which graph that is depends on the inputs alone, not on what ran before, so that
 * the bits of a result do so too.
 */
final class TfProgram implements Program {
  /**
   * The most graphs that are kept; the one that was not used for longest makes room. Of three
   * modalities, of which any may be missing and one varies in length, there are some twenty; a
   * graph takes some ten MiB, and seconds to build, so that one more than are kept costs much.
   */
  private static final int GRAPHS = 32;

  private static final int CHECKED_SIGNATURES = 1000;

  private final TfBackend backend;
  private final String name;
  private final TrainingBody body;
  private final Set<Signature> checked = new HashSet<>();
  private final Set<Signature> tooOpen = new HashSet<>();
  private final Map<Signature, CompiledGraph> graphs = new LinkedHashMap<>(16, 0.75f, true);
  private final Lifetime lifetime;

  TfProgram(TfBackend backend, String name, TrainingBody body) {
    this.backend = backend;
    this.name = name;
    this.body = body;
    this.lifetime = new Lifetime(() -> "program '" + name + "'", this::free);
  }

  @Override
  public Named<Tensor> run(Named<Tensor> inputs) {
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a program cannot be run inside another program");
    }
    inputs.asMap().values().forEach(t -> t.value(backend.kernels()));
    return lifetime.during(() -> backend.call(() -> runOpen(inputs)));
  }

  private Named<Tensor> runOpen(Named<Tensor> inputs) {
    Signature signature = Signature.of(inputs);
    try {
      Named<Tensor> outputs = null;
      while (outputs == null) {
        // Another thread's program may have taken the graph's place before it ran.
        outputs = graph(signature).run(inputs);
      }
      return outputs;
    } catch (RuntimeException e) {
      throw TfErrors.tell("program '" + name + "'", e);
    }
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
    throw new IllegalStateException("program '" + name + "' cannot be traced");
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
    run(new ShapeTrace(), signature, outputs -> outputs.map(t -> t.value(backend.kernels())));
    if (checked.size() == CHECKED_SIGNATURES) {
      checked.clear();
    }
    checked.add(signature);
  }

  private CompiledGraph compile(Signature signature) {
    GraphTrace trace = new GraphTrace();
    try {
      return run(
          trace,
          signature,
          outputs -> new CompiledGraph(backend.kernels(), backend.runtime(), trace, outputs));
    } catch (RuntimeException e) {
      trace.graph().close();
      throw e;
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private <T> T run(Trace trace, Signature signature, Function<Named<Tensor>, T> finish) {
    return trace.during(
        () -> {
          try (TensorScope scope = TensorScope.open();
              TfTape tape = new TfTape(backend.kernels(), trace)) {
            return finish.apply(body.apply(symbols(trace, signature), tape));
          }
        });
  }

  private Named<Tensor> symbols(Trace trace, Signature signature) {
    Map<String, Tensor> symbols = new LinkedHashMap<>();
    for (Signature.Input i : signature.inputs()) {
      TfValue symbol = trace.input(i.name(), i.shape(), i.dtype());
      symbols.put(i.name(), Tensor.of(backend.kernels(), symbol, i.shape(), i.dtype()));
    }
    return Named.of(symbols);
  }

  @Override
  public void close() {
    lifetime.close();
  }

  private synchronized void free() {
    backend.forget(this);
    graphs.values().forEach(CompiledGraph::close);
    graphs.clear();
  }
}
