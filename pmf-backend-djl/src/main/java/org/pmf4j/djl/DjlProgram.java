package org.pmf4j.djl;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** A program that runs as it is written: its operations are computed one by one. */
final class DjlProgram implements Program {
  private final DjlBackend backend;
  private final String name;
  private final boolean takesGradients;
  private final TrainingBody body;
  private volatile boolean closed;

  DjlProgram(DjlBackend backend, String name, boolean takesGradients, TrainingBody body) {
    this.backend = backend;
    this.name = name;
    this.takesGradients = takesGradients;
    this.body = body;
  }

  @Override
  public Named<Tensor> run(Named<Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("program '" + name + "' is closed");
    }
    inputs.asMap().values().forEach(t -> t.value(backend.kernels()));
    try {
      return backend.call(takesGradients, () -> runBody(inputs));
    } catch (EngineException e) {
      throw PtErrors.tell("program '" + name + "'", e);
    }
  }

  @SuppressWarnings("try") // the scope is there to be closed
  private Named<Tensor> runBody(Named<Tensor> inputs) {
    try (TensorScope scope = TensorScope.open();
        DjlTape tape = new DjlTape(backend.kernels())) {
      return results(body.apply(inputs, tape));
    }
  }

  /** The outputs as arrays of their own, which outlive the scope and hold no gradient graph. */
  private Named<Tensor> results(Named<Tensor> outputs) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    try {
      outputs.asMap().forEach((key, tensor) -> results.put(key, result(tensor)));
    } catch (RuntimeException e) {
      results.values().forEach(Tensor::close);
      throw e;
    }
    return Named.of(results);
  }

  private Tensor result(Tensor tensor) {
    PtKernels kernels = backend.kernels();
    PtValue value = tensor.value(kernels);
    PtValue.Memory memory = value.memory();
    boolean copy = memory == PtValue.Memory.PARAMETER || memory == PtValue.Memory.PART;
    PtNDArray array = copy ? JniUtils.clone(value.array()) : JniUtils.detachGradient(value.array());
    PtValue result = new PtValue(array, copy ? PtValue.Memory.OWN : memory);
    return Tensor.of(kernels, result, tensor.shape(), tensor.dtype());
  }

  @Override
  public void close() {
    closed = true;
  }
}
