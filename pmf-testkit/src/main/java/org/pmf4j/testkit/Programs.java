package org.pmf4j.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Backend.InferenceBody;
import org.pmf4j.api.backend.Backend.TrainingBody;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * Runs a function once on a backend, from host tensors to host tensors, and leaves nothing open.
 * Has no state: any thread may call it.
 */
public final class Programs {
  private Programs() {}

  /** Runs an inference program once. */
  public static Named<HostTensor> evaluate(
      Backend backend, Named<HostTensor> inputs, InferenceBody body) {
    try (Program program = backend.inference("evaluate", body)) {
      return run(backend, program, inputs);
    }
  }

  /** Runs a training program once. */
  public static Named<HostTensor> train(
      Backend backend, Named<HostTensor> inputs, TrainingBody body) {
    try (Program program = backend.training("train", body)) {
      return run(backend, program, inputs);
    }
  }

  /** Runs a program with these inputs and reads its outputs. */
  public static Named<HostTensor> run(Backend backend, Program program, Named<HostTensor> inputs) {
    Map<String, Tensor> open = new LinkedHashMap<>();
    try {
      inputs.asMap().forEach((name, data) -> open.put(name, backend.tensor(data)));
      Named<Tensor> outputs = program.run(Named.of(open));
      try {
        return outputs.map(backend::read);
      } finally {
        outputs.asMap().values().forEach(Tensor::close);
      }
    } finally {
      open.values().forEach(Tensor::close);
    }
  }
}
