package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.backend.Tape;
import org.pmf4j.api.backend.engine.EngineBackend;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;

/** What the checks say of a backend that is wrong: the real one with one fault put in. */
class FaultyBackendTest {
  private static final HostTensor PAIR = HostTensor.of(new float[] {1, 2}, 2);
  private static final Named<HostTensor> X = Named.of("x", PAIR);

  private DjlEngine engine;
  private Backend real;

  @BeforeEach
  void open() {
    engine = DjlBackendFactory.engine(new BackendOptions("cpu", 1));
    real = EngineBackend.of(engine);
  }

  @AfterEach
  void close() {
    real.close();
  }

  /** A real backend; a test overrides where it is to be wrong. */
  private class Sound extends SoundBackend {
    Sound() {
      super(real);
    }
  }

  private Backend running(SoundBackend.Run run) {
    return new Sound().running(run);
  }

  private Tensor as(Tensor tensor, Shape shape, DType dtype) {
    return Tensor.of(engine.kernels(), tensor.value(engine.kernels()), shape, dtype);
  }

  private static Backend checked(Backend faulty) {
    return new CheckingBackendFactory(new SoundBackend.Factory(faulty))
        .open(BackendOptions.DEFAULT);
  }

  private static void found(ThrowingCallable use, String... told) {
    assertThatThrownBy(use).isInstanceOf(ContractViolation.class).hasMessageContainingAll(told);
  }

  private static void twice(Backend checked) {
    Programs.evaluate(checked, X, in -> Named.of("y", in.get("x").mul(2)).with("z", in.get("x")));
  }

  @Test
  void aTensorOfAnotherShapeIsFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public Tensor tensor(HostTensor data) {
                return as(super.tensor(data), Shape.of(1, 2), data.dtype());
              }
            });
    found(() -> checked.tensor(PAIR), "makes a tensor FLOAT32 [1, 2] of FLOAT32 [2]");
  }

  @Test
  void dataReadInAnotherTypeIsFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public HostTensor read(Tensor tensor) {
                return HostTensor.of(super.read(tensor).doubles(), tensor.shape().dims());
              }
            });
    Tensor t = checked.tensor(PAIR);
    found(() -> checked.read(t), "reads FLOAT32 [2] as FLOAT64 [2]", "FaultyBackendTest");
    t.close();
  }

  @Test
  void dataReadInAnotherShapeIsFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public HostTensor read(Tensor tensor) {
                return HostTensor.of(super.read(tensor).floats(), 2, 1);
              }
            });
    Tensor t = checked.tensor(PAIR);
    found(() -> checked.read(t), "reads FLOAT32 [2] as FLOAT32 [2, 1]");
  }

  @Test
  void anOutputOfAnotherShapeOrTypeThanTheBodysIsFound() {
    found(
        () ->
            twice(
                checked(
                    running(
                        (program, in) ->
                            program.run(in).map(t -> as(t, Shape.of(2, 1), t.dtype()))))),
        "the output 'y' of program 'evaluate' as FLOAT32 [2, 1], its body as FLOAT32 [2]");
    found(
        () ->
            twice(
                checked(
                    running(
                        (program, in) -> program.run(in).map(t -> as(t, t.shape(), DType.INT64))))),
        "the output 'y' of program 'evaluate' as INT64 [2], its body as FLOAT32 [2]");
  }

  @Test
  void anOutputOfUnknownShapeIsFound() {
    Shape unknown = Shape.of(Shape.UNKNOWN);
    found(
        () ->
            twice(
                checked(
                    running((program, in) -> program.run(in).map(t -> as(t, unknown, t.dtype()))))),
        "the output 'y' of program 'evaluate' as FLOAT32 [?], its body as FLOAT32 [2]");
  }

  @Test
  void outputsThatAreMissingOrInAnotherOrderAreFound() {
    found(
        () -> twice(checked(running((p, in) -> Named.of("y", p.run(in).get("y"))))),
        "returns the outputs [y] of program 'evaluate', its body [y, z]");
    found(
        () ->
            twice(
                checked(
                    running(
                        (p, in) -> {
                          Named<Tensor> out = p.run(in);
                          return Named.of("z", out.get("z")).with("y", out.get("y"));
                        }))),
        "returns the outputs [z, y] of program 'evaluate', its body [y, z]");
  }

  @Test
  void anOutputThatIsClosedOrTheInputItselfIsFound() {
    found(
        () ->
            twice(
                checked(
                    running(
                        (p, in) -> {
                          Named<Tensor> out = p.run(in);
                          out.get("y").close();
                          return out;
                        }))),
        "the output 'y' of program 'evaluate' is not the caller's own to close",
        "(closed)");
    found(
        () -> twice(checked(running((p, in) -> p.run(in).with("z", in.get("x"))))),
        "the output 'z' of program 'evaluate' is not the caller's own to close");
  }

  @Test
  void aClosedInputIsFound() {
    found(
        () ->
            twice(
                checked(
                    running(
                        (p, in) -> {
                          Named<Tensor> out = p.run(in);
                          in.get("x").close();
                          return out;
                        }))),
        "the delegate closes the input 'x' of program 'evaluate'");
  }

  @Test
  void aBodyThatIsCalledWithOtherInputsIsFound() {
    found(
        () ->
            twice(
                checked(
                    running((p, in) -> p.run(Named.of("x", in.get("x")).with("w", in.get("x")))))),
        "the delegate calls the body of program 'evaluate' with {x=FLOAT32 [2], w=FLOAT32 [2]}, its"
            + " inputs are {x=FLOAT32 [2]}");
  }

  /** The scope stays open on its thread, which therefore is one of its own. */
  @Test
  void intermediateResultsThatAreLeftOpenAreFound() throws Exception {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public Program inference(String name, InferenceBody body) {
                return new Program() {
                  @Override
                  public Named<Tensor> run(Named<Tensor> inputs) {
                    TensorScope.open();
                    return body.apply(inputs);
                  }

                  @Override
                  public void close() {}
                };
              }
            });
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread
          .submit(() -> found(() -> twice(checked), "the delegate leaves program 'evaluate' open"))
          .get();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void gradientsOfAnotherShapeAreFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public Program training(String name, TrainingBody body) {
                return super.training(name, (in, tape) -> body.apply(in, wrong(tape)));
              }
            });
    try (Parameter p = checked.parameter("p", PAIR)) {
      found(
          () ->
              Programs.train(
                  checked,
                  Named.none(),
                  (in, tape) -> Named.of("g", tape.gradients(p.value().sum(), List.of(p)).get(0))),
          "the delegate's gradient by parameter 'p' FLOAT32 [2] is FLOAT32 [1, 2]");
    }
  }

  private static Tape wrong(Tape tape) {
    return new Tape() {
      @Override
      public List<Tensor> gradients(Tensor loss, List<Parameter> parameters) {
        return tape.gradients(loss, parameters).stream().map(t -> t.reshape(1, 2)).toList();
      }

      @Override
      public void assign(Parameter parameter, Tensor value) {
        tape.assign(parameter, value);
      }
    };
  }

  @Test
  void aParameterOfAnotherShapeIsFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public Parameter parameter(String name, HostTensor initial) {
                return super.parameter(name, HostTensor.zeros(Shape.of(1)));
              }
            });
    found(() -> checked.parameter("p", PAIR), "makes a parameter 'p' [1] of 'p' [2]");
  }

  @Test
  void whatIsTakenWithoutBeingDeclaredIsFound() {
    Backend checked =
        checked(
            new Sound() {
              @Override
              public BackendInfo info() {
                return new BackendInfo("faulty", "none", "cpu", 1, Set.of());
              }
            });
    found(
        () -> checked.tensor(HostTensor.of(new double[] {1}, 1)),
        "the delegate takes FLOAT64, which it does not declare");
    found(
        () -> checked.training("t", (in, tape) -> in),
        "compiles program 't', and does not declare TRAINING");
  }
}
