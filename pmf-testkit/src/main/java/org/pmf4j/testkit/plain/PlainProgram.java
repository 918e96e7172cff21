package org.pmf4j.testkit.plain;

import java.util.function.Function;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/** An eager program: to run it is to call its body. */
final class PlainProgram implements Program {
  private final PlainBackend backend;
  private final String name;
  private final Function<Named<Tensor>, Named<Tensor>> body;
  private volatile boolean closed;

  private PlainProgram(
      PlainBackend backend, String name, Function<Named<Tensor>, Named<Tensor>> body) {
    this.backend = backend;
    this.name = name;
    this.body = body;
  }

  static PlainProgram inference(PlainBackend backend, String name, InferenceBody body) {
    return new PlainProgram(backend, name, body::apply);
  }

  /** A program that records its steps, until the tape has taken gradients or the body has ended. */
  static PlainProgram training(PlainBackend backend, String name, TrainingBody body) {
    return new PlainProgram(
        backend,
        name,
        inputs -> {
          try (PlainTape tape = new PlainTape(backend.kernels(), Recording.start())) {
            return body.apply(inputs, tape);
          }
        });
  }

  @Override
  @SuppressWarnings("try") // the scope is there to be closed
  public Named<Tensor> run(Named<Tensor> inputs) {
    if (closed) {
      throw new IllegalStateException("program '" + name + "' is closed");
    }
    backend.requireOpen();
    inputs.asMap().values().forEach(tensor -> tensor.value(backend.kernels()));
    try (TensorScope scope = TensorScope.open()) {
      return body.apply(inputs).map(this::output);
    }
  }

  /** A tensor of its own for the caller: the scope closes the one that the body returned. */
  private Tensor output(Tensor tensor) {
    PlainArray array = tensor.value(backend.kernels()).array();
    return Tensor.of(backend.kernels(), array, array.shape(), array.dtype());
  }

  @Override
  public void close() {
    closed = true;
  }
}
