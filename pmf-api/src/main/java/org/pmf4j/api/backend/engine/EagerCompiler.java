package org.pmf4j.api.backend.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.tensor.Kernels;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** Runs bodies as they are written: there is nothing to compile. */
@SuppressWarnings("try") // the scopes are there to be closed
record EagerCompiler<V>(EagerEngine<V> engine, Kernels<V> kernels)
    implements EngineProgram.Compiler {

  @Override
  public EngineProgram.Runs inference(InferenceBody body) {
    return inputs ->
        engine.call(
            () -> {
              try (TensorScope scope = TensorScope.open()) {
                return outputs(body.apply(inputs));
              }
            });
  }

  @Override
  public EngineProgram.Runs training(TrainingBody body) {
    return inputs ->
        engine.training(
            engineTape -> {
              try (TensorScope scope = TensorScope.open();
                  CheckedTape<V> tape = new CheckedTape<>(kernels, engineTape)) {
                return outputs(body.apply(inputs, tape));
              }
            });
  }

  /** Tensors for the caller: the scope closes those that the body returned. */
  private Named<Tensor> outputs(Named<Tensor> returned) {
    Map<String, Tensor> outputs = new LinkedHashMap<>();
    try {
      returned.asMap().forEach((name, tensor) -> outputs.put(name, output(tensor)));
    } catch (RuntimeException e) {
      outputs.values().forEach(Tensor::close);
      throw e;
    }
    return Named.of(outputs);
  }

  private Tensor output(Tensor tensor) {
    V value = engine.output(tensor.value(kernels));
    return Tensor.of(kernels, value, tensor.shape(), tensor.dtype());
  }
}
