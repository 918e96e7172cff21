package org.pmf4j.api.backend.engine;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.tensor.Named;

/**
 * The graphs of one program, for engines whose graphs may leave dimensions open. Inputs of new
 * shapes are checked by running the body without building anything. The graph that then computes
 * leaves as many dimensions open as the body lets it; which graph that is depends on the inputs
 * alone, not on what ran before, so that the bits of a result do so too. Several threads may run it
 * at once.
 *
 * @param <V> the engine's value
 * @since API version 2
 */
public final class SignatureGraphs<V> implements GraphEngine.Graphs<V> {
  private static final int CHECKED_SIGNATURES = 1000;

  private final Tracer<V> tracer;
  private final int limit;
  private final Set<Signature> checked = new HashSet<>();
  private final Set<Signature> tooOpen = new HashSet<>();
  private final Map<Signature, Compiled<V>> graphs = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * No graphs yet.
   *
   * @param limit the most graphs that are kept; the one that was not used for longest makes room
   */
  public SignatureGraphs(Tracer<V> tracer, int limit) {
    this.tracer = tracer;
    this.limit = limit;
  }

  @Override
  public Named<TypedValue<V>> run(Named<TypedValue<V>> inputs) {
    Signature signature = Signature.of(inputs);
    Named<TypedValue<V>> outputs = null;
    while (outputs == null) {
      // Another thread's program may have taken the graph's place before it ran.
      outputs = graph(signature).run(inputs);
    }
    return outputs;
  }

  private synchronized Compiled<V> graph(Signature signature) {
    check(signature);
    for (Signature.Openness openness : Signature.Openness.values()) {
      Signature open = signature.with(openness);
      Compiled<V> known = graphs.get(open);
      if (known != null) {
        return known;
      }
      if (!tooOpen.contains(open)) {
        try {
          return keep(open, tracer.compile(open, openness));
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

  private Compiled<V> keep(Signature signature, Compiled<V> graph) {
    graphs.put(signature, graph);
    if (graphs.size() > limit) {
      graphs.remove(graphs.keySet().iterator().next()).close();
    }
    return graph;
  }

  private void check(Signature signature) {
    if (checked.contains(signature)) {
      return;
    }
    tracer.check(signature);
    if (checked.size() == CHECKED_SIGNATURES) {
      checked.clear();
    }
    checked.add(signature);
  }

  @Override
  public synchronized void close() {
    graphs.values().forEach(Compiled::close);
    graphs.clear();
  }

  /**
   * Traces a program's body. For the thread that runs the program.
   *
   * @param <V> the engine's value
   * @since API version 2
   */
  public interface Tracer<V> {
    /**
     * Runs the body with all dimensions known and keeps nothing of it: what it throws is what is
     * wrong with the inputs.
     */
    void check(Signature signature);

    /**
     * Makes a graph.
     *
     * @param signature of its inputs
     * @param openness by which dimensions of it are open
     * @throws RuntimeException if the body cannot be traced so; with more of them known it may be
     */
    Compiled<V> compile(Signature signature, Signature.Openness openness);
  }

  /**
   * A graph that can be run. Several threads may run it at once.
   *
   * @param <V> the engine's value
   * @since API version 2
   */
  public interface Compiled<V> {
    /**
     * Runs the graph for inputs of its signature.
     *
     * @return the outputs, or null if this graph has been closed
     */
    Named<TypedValue<V>> run(Named<TypedValue<V>> inputs);

    /** Frees it when the runs that are under way have ended. */
    void close();
  }
}
