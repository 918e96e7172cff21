package org.pmf4j.api.backend.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** Has an engine make graphs of bodies, and frees with it those that nobody has closed. */
final class GraphCompiler<V> implements EngineProgram.Compiler {
  private final GraphEngine<V> engine;
  private final Kernels<V> kernels;
  private final Set<GraphRuns> open = ConcurrentHashMap.newKeySet();

  GraphCompiler(GraphEngine<V> engine, Kernels<V> kernels) {
    this.engine = engine;
    this.kernels = kernels;
  }

  @Override
  public EngineProgram.Runs inference(InferenceBody body) {
    return training((inputs, tape) -> body.apply(inputs));
  }

  @Override
  public EngineProgram.Runs training(TrainingBody body) {
    GraphRuns runs = new GraphRuns(engine.program((in, tape) -> trace(body, in, tape)));
    open.add(runs);
    return runs;
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private Named<TypedValue<V>> trace(
      TrainingBody body, Named<TypedValue<V>> symbols, EngineTape<V> engineTape) {
    try (TensorScope scope = TensorScope.open();
        CheckedTape<V> tape = new CheckedTape<>(kernels, engineTape)) {
      Named<Tensor> inputs = symbols.map(symbol -> TensorScope.register(tensor(symbol)));
      return body.apply(inputs, tape).map(this::value);
    }
  }

  private Tensor tensor(TypedValue<V> of) {
    return Tensor.of(kernels, of.value(), of.shape(), of.dtype());
  }

  private TypedValue<V> value(Tensor of) {
    return new TypedValue<>(of.value(kernels), of.shape(), of.dtype());
  }

  @Override
  public void close() {
    open.forEach(GraphRuns::close);
  }

  /** The graphs of one body. */
  private final class GraphRuns implements EngineProgram.Runs {
    private final GraphEngine.Graphs<V> graphs;

    GraphRuns(GraphEngine.Graphs<V> graphs) {
      this.graphs = graphs;
    }

    @Override
    public Named<Tensor> run(Named<Tensor> inputs) {
      return graphs.run(inputs.map(GraphCompiler.this::value)).map(GraphCompiler.this::tensor);
    }

    @Override
    public void close() {
      if (open.remove(this)) {
        graphs.close();
      }
    }
  }
}
