package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;

/**
 * A body that does something else the second time is found out on a backend that calls it every
 * time, before a graph backend calls it once and goes on with what it did then.
 */
class PureBodiesTest {
  private static final HostTensor ROW = HostTensor.of(new float[] {1, 2, 3}, 3);

  private Backend backend;

  @BeforeEach
  void open() {
    backend =
        new CheckingBackendFactory(new DjlBackendFactory()).open(new BackendOptions("cpu", 1));
  }

  @AfterEach
  void close() {
    backend.close();
  }

  /** Runs a body twice, with the number of the run, and expects the second run to be refused. */
  private void differs(BiFunction<Tensor, Integer, Named<Tensor>> body, String... told) {
    AtomicInteger run = new AtomicInteger();
    try (Program p = backend.inference("p", in -> body.apply(in.get("x"), run.incrementAndGet()))) {
      Programs.run(backend, p, Named.of("x", ROW));
      assertThatThrownBy(() -> Programs.run(backend, p, Named.of("x", ROW)))
          .isInstanceOf(ContractViolation.class)
          .hasMessageContainingAll(told)
          .hasMessageContainingAll("program 'p'", "is not a pure function", "{x=FLOAT32 [3]}");
    }
  }

  @Test
  void aNumberThatChangesFromRunToRunIsFound() {
    differs(
        (x, run) -> Named.of("y", x.exp().mul(0.1 / run)),
        "its operation 1 was mul(operation 0, 0.1) = FLOAT32 [3]",
        "now is mul(operation 0, 0.05) = FLOAT32 [3]");
  }

  @Test
  void boundsThatChangeAreFound() {
    differs(
        (x, run) -> Named.of("y", x.slice(0, run - 1, run)),
        "its operation 0 was slice(input 'x', 0, 0, 1)",
        "now is slice(input 'x', 0, 1, 2)");
  }

  @Test
  void anotherOperationIsFound() {
    differs(
        (x, run) -> Named.of("y", run == 1 ? x.exp() : x.tanh()),
        "its operation 0 was exp(input 'x')",
        "now is tanh(input 'x')");
  }

  @Test
  void moreOperationsAreFound() {
    differs(
        (x, run) -> Named.of("y", run == 1 ? x.exp() : x.exp().exp()),
        "its operation 1 was none and now is exp(operation 0)");
  }

  @Test
  void fewerOperationsAreFound() {
    differs(
        (x, run) -> Named.of("y", run == 1 ? x.exp().exp() : x.exp()),
        "its operation 1 was exp(operation 0) = FLOAT32 [3] and now is none");
  }

  @Test
  void otherOperandsAreFound() {
    differs(
        (x, run) -> {
          Tensor y = x.exp();
          return Named.of("y", y.sub(run == 1 ? x : y));
        },
        "was sub(operation 0, input 'x')",
        "now is sub(operation 0, operation 0)");
  }

  @Test
  void aTensorFromOutsideThatChangesIsFound() {
    try (Tensor a = backend.tensor(ROW);
        Tensor b = backend.tensor(ROW)) {
      differs(
          (x, run) -> Named.of("y", x.mul(run == 1 ? a : b)),
          "mul(input 'x', tensor FLOAT32 [3], made at PureBodiesTest.aTensorFromOutside");
    }
  }

  @Test
  void otherOutputsAreFound() {
    differs(
        (x, run) -> {
          Tensor y = x.exp();
          return Named.of("y", run == 1 ? x : y).with("z", x);
        },
        "its list of outputs was [y=input 'x', z=input 'x']",
        "now is [y=operation 0, z=input 'x']");
  }

  @Test
  void anotherOrderOfOutputsIsFound() {
    differs(
        (x, run) -> run == 1 ? Named.of("a", x).with("b", x) : Named.of("b", x).with("a", x),
        "list of outputs");
  }

  @Test
  void namesOfOutputsDoNotDependOnShapes() {
    try (Program p =
        backend.inference("p", in -> Named.of("rows " + in.get("x").dim(0), in.get("x")))) {
      Programs.run(backend, p, Named.of("x", ROW));
      assertThatThrownBy(
              () -> Programs.run(backend, p, Named.of("x", HostTensor.zeros(Shape.of(4)))))
          .isInstanceOf(ContractViolation.class)
          .hasMessageContaining(
              "the outputs of program 'p' were [rows 3] and now are [rows 4], with the same names"
                  + " of inputs, [x]");
    }
  }

  @Test
  void whatChangesMayBeAnInputAParameterOrAShape() {
    assertThatCode(
            () -> {
              try (Parameter rate = backend.parameter("rate", HostTensor.of(new float[] {1}, 1));
                  Program p =
                      backend.training(
                          "p",
                          (in, tape) -> {
                            Tensor x = in.get("x");
                            Tensor y = in.has("mask") ? x.mul(in.get("mask")) : x;
                            tape.assign(rate, rate.value().mul(0.5));
                            return Named.of("y", y.mul(rate.value()).mul(1.0 / x.dim(0)));
                          })) {
                for (int run = 0; run < 3; run++) {
                  for (int n = 1; n < 4; n++) {
                    HostTensor x = HostTensor.zeros(Shape.of(n));
                    Programs.run(backend, p, Named.of("x", x));
                    Programs.run(backend, p, Named.of("x", x).with("mask", x));
                  }
                }
              }
            })
        .doesNotThrowAnyException();
  }

  @Test
  void aRunThatFailsIsNotHeldAgainstTheNext() {
    AtomicInteger run = new AtomicInteger();
    try (Program p =
        backend.inference(
            "p",
            in -> {
              Tensor y = in.get("x").mul(run.incrementAndGet() == 1 ? 2 : 3);
              if (run.get() == 1) {
                throw new IllegalArgumentException("mine");
              }
              return Named.of("y", y);
            })) {
      assertThatThrownBy(() -> Programs.run(backend, p, Named.of("x", ROW))).hasMessage("mine");
      assertThat(Programs.run(backend, p, Named.of("x", ROW)).get("y").floats())
          .containsExactly(3, 6, 9);
    }
  }
}
