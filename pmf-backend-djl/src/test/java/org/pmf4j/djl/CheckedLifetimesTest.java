package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;
import org.pmf4j.testkit.checking.Violations;

/** What the checks say of what is used after it was closed, or never closed. */
class CheckedLifetimesTest {
  private static final HostTensor ONE = HostTensor.of(new float[] {1}, 1);
  private static final Named<HostTensor> X = Named.of("x", ONE);

  private Backend backend;

  private static Backend open() {
    return new CheckingBackendFactory(new DjlBackendFactory()).open(new BackendOptions("cpu", 1));
  }

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    backend.close();
  }

  private static void violates(ThrowingCallable use, String... told) {
    assertThatThrownBy(use).isInstanceOf(ContractViolation.class).hasMessageContainingAll(told);
  }

  @Test
  void aClosedTensorTellsWhereItWasMadeAndClosed() {
    Tensor t = backend.tensor(ONE);
    t.close();
    assertThatThrownBy(() -> backend.read(t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            "use after close of a tensor FLOAT32 [1], made at CheckedLifetimesTest.")
        .hasMessageContaining(
            "closed at CheckedLifetimesTest.aClosedTensorTellsWhereItWasMadeAndClosed");
  }

  @Test
  void aClosedProgramTellsWhereItWasClosed() {
    Program p = backend.inference("same", in -> in);
    p.close();
    assertThatThrownBy(() -> p.run(Named.none()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("program 'same' is closed")
        .hasMessageContaining("closed at CheckedLifetimesTest.aClosedProgramTellsWhereItWasClosed");
  }

  @Test
  void aClosedParameterTellsWhereItWasClosed() {
    Parameter p = backend.parameter("p", ONE);
    Tensor value = p.value();
    p.close();
    assertThatThrownBy(() -> backend.read(value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the value of parameter 'p'")
        .hasMessageContaining(
            "closed at CheckedLifetimesTest.aClosedParameterTellsWhereItWasClosed");
  }

  @Test
  void aClosedBackendTellsWhereItWasClosed() {
    Backend closed = open();
    closed.close();
    assertThatThrownBy(() -> closed.tensor(ONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'checking-djl' is closed")
        .hasMessageContaining("CheckedLifetimesTest.aClosedBackendTellsWhereItWasClosed");
  }

  @Test
  void anIntermediateResultThatLeftItsProgramTellsWhatItWas() {
    AtomicReference<Tensor> kept = new AtomicReference<>();
    Programs.evaluate(
        backend,
        X,
        in -> {
          kept.set(in.get("x").mul(2));
          return in;
        });
    assertThatThrownBy(
            () -> Programs.evaluate(backend, X, in -> Named.of("y", in.get("x").add(kept.get()))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("operation 0 (mul) of program 'evaluate'");
  }

  @Test
  void anIntermediateResultThatWasClosedTellsWhere() {
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend,
                    X,
                    in -> {
                      Tensor t = in.get("x").mul(2);
                      t.close();
                      return Named.of("y", t.add(1));
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("operation 0 (mul) of program 'evaluate'")
        .hasMessageContaining("closed at CheckedLifetimesTest.");
  }

  @Test
  void anInputThatLeftItsProgramCannotBeUsed() {
    AtomicReference<Tensor> kept = new AtomicReference<>();
    Programs.evaluate(
        backend,
        X,
        in -> {
          kept.set(in.get("x"));
          return in;
        });
    assertThatThrownBy(() -> backend.read(kept.get()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("input 'x' of program 'evaluate'");
  }

  @Test
  void aProgramCannotRunOnceATensorThatItUsesIsClosed() {
    Tensor weight = backend.tensor(ONE);
    try (Tensor x = backend.tensor(ONE);
        Program p = backend.inference("p", in -> Named.of("y", in.get("x").mul(weight)))) {
      p.run(Named.of("x", x)).get("y").close();
      weight.close();
      assertThatThrownBy(() -> p.run(Named.of("x", x)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program 'p' uses what was closed")
          .hasMessageContaining("closed at CheckedLifetimesTest.aProgramCannotRunOnce");
    }
  }

  @Test
  void whatIsOpenWhenTheBackendClosesIsListed() {
    Backend leaking = open();
    for (int i = 0; i < 3; i++) {
      leaking.tensor(ONE);
    }
    leaking.parameter("p", ONE);
    Program q = leaking.inference("q", in -> in);
    Tensor input = leaking.tensor(ONE);
    q.run(Named.of("x", input));
    violates(
        leaking::close,
        "backend 'checking-djl' is closed with these still open",
        "3 times tensor FLOAT32 [1], made at CheckedLifetimesTest.whatIsOpenWhenTheBackendClosesIsListed",
        "parameter 'p' FLOAT32 [1], made at",
        "program 'q', made at",
        "output 'x' of program 'q', made at");
  }

  @Test
  void manyLeaksAreCutShort() {
    Backend leaking = open();
    for (int i = 0; i < 500; i++) {
      leaking.parameter("p" + i, ONE);
    }
    assertThatThrownBy(leaking::close)
        .isInstanceOf(ContractViolation.class)
        .hasMessageContaining("and more, from 490 other places")
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isEqualTo(12));
  }

  @Test
  void whatIsClosedAfterItsBackendIsReported() {
    Backend first = open();
    Tensor t = first.tensor(ONE);
    Program p = first.inference("p", in -> in);
    violates(first::close, "still open");
    violates(t::close, "closed after its backend: tensor FLOAT32 [1]", "was closed at");
    violates(p::close, "closed after its backend: program 'p'");
  }

  @Test
  void aLeakBehindAnExceptionIsRemembered() {
    Violations violations = new Violations();
    var factory = new CheckingBackendFactory(new DjlBackendFactory(), violations);
    RuntimeException mine = new IllegalArgumentException("mine");
    assertThatThrownBy(
            () -> {
              try (Backend b = factory.open(new BackendOptions("cpu", 1))) {
                b.tensor(ONE);
                throw mine;
              }
            })
        .isSameAs(mine);
    assertThat(violations.take()).singleElement().asString().contains("still open");
    assertThat(violations.take()).isEmpty();
  }
}
