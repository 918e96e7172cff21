package org.pmf4j.api.backend.engine;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.lifetime.Lifetime;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** What every program checks before it runs. */
final class EngineProgram implements Program {
  private final EngineBackend<?> backend;
  private final String what;
  private final Runs runs;
  private final Lifetime lifetime;

  EngineProgram(EngineBackend<?> backend, String name, Runs runs) {
    this.backend = backend;
    this.what = "program '" + name + "'";
    this.runs = runs;
    this.lifetime = new Lifetime(what, runs::close);
  }

  @Override
  public Named<Tensor> run(Named<Tensor> inputs) {
    if (TensorScope.isOpen()) {
      throw new IllegalStateException("a program cannot be run inside another program");
    }
    inputs.asMap().values().forEach(backend::requireOwn);
    return lifetime.during(() -> backend.call(what, () -> runs.run(inputs)));
  }

  @Override
  public void close() {
    lifetime.close();
  }

  /** A body that is ready to run on its engine. */
  @FunctionalInterface
  interface Runs {
    Named<Tensor> run(Named<Tensor> inputs);

    /** Frees what was compiled. */
    default void close() {}
  }

  /** How a kind of engine makes bodies ready. */
  interface Compiler {
    Runs inference(Backend.InferenceBody body);

    Runs training(Backend.TrainingBody body);

    /** Frees what is still compiled. */
    default void close() {}
  }
}
