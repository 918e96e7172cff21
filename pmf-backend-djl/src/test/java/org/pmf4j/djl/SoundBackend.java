package org.pmf4j.djl;

import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/** The real backend, for tests to put a fault into: all of it can be overridden. */
class SoundBackend implements Backend {
  private final Backend real;

  SoundBackend(Backend real) {
    this.real = real;
  }

  /**
   * Hands out one backend.
   *
   * @param backend the one
   */
  record Factory(Backend backend) implements BackendFactory {
    @Override
    public String name() {
      return "faulty";
    }

    @Override
    public String description() {
      return "the real one, with a fault";
    }

    @Override
    public Backend open(BackendOptions options) {
      return backend;
    }
  }

  /** How an inference program runs instead. */
  @FunctionalInterface
  interface Run {
    Named<Tensor> run(Program program, Named<Tensor> inputs);
  }

  /** A backend whose inference programs run in another way. */
  SoundBackend running(Run run) {
    return new SoundBackend(real) {
      @Override
      public Program inference(String name, InferenceBody body) {
        Program program = super.inference(name, body);
        return new Program() {
          @Override
          public Named<Tensor> run(Named<Tensor> inputs) {
            return run.run(program, inputs);
          }

          @Override
          public void close() {
            program.close();
          }
        };
      }
    };
  }

  @Override
  public BackendInfo info() {
    return real.info();
  }

  @Override
  public Tensor tensor(HostTensor data) {
    return real.tensor(data);
  }

  @Override
  public Parameter parameter(String name, HostTensor initial) {
    return real.parameter(name, initial);
  }

  @Override
  public HostTensor read(Tensor tensor) {
    return real.read(tensor);
  }

  @Override
  public Program inference(String name, InferenceBody body) {
    return real.inference(name, body);
  }

  @Override
  public Program training(String name, TrainingBody body) {
    return real.training(name, body);
  }

  @Override
  public void close() {
    real.close();
  }
}
