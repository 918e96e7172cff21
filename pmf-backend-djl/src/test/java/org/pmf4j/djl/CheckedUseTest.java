package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;
import org.pmf4j.testkit.checking.Violations;

/** What the checks say of code that uses a backend wrongly. */
@Timeout(60)
class CheckedUseTest {
  private static final HostTensor ONE = HostTensor.of(new float[] {1}, 1);
  private static final Named<HostTensor> X = Named.of("x", ONE);

  private final Backend backend = open();
  private final ExecutorService other = Executors.newSingleThreadExecutor();

  private static Backend open() {
    return new CheckingBackendFactory(new DjlBackendFactory()).open(new BackendOptions("cpu", 1));
  }

  @AfterEach
  void close() {
    other.shutdownNow();
    backend.close();
  }

  private static void violates(ThrowingCallable use, String... told) {
    assertThatThrownBy(use).isInstanceOf(ContractViolation.class).hasMessageContainingAll(told);
  }

  // ---- life times

  @Test
  void aClosedTensorTellsWhereItWasMadeAndClosed() {
    Tensor t = backend.tensor(ONE);
    t.close();
    assertThatThrownBy(() -> backend.read(t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use after close of a tensor FLOAT32 [1], made at CheckedUseTest.")
        .hasMessageContaining("closed at CheckedUseTest.aClosedTensorTellsWhereItWasMadeAndClosed");
  }

  @Test
  void aClosedProgramTellsWhereItWasClosed() {
    Program p = backend.inference("same", in -> in);
    p.close();
    assertThatThrownBy(() -> p.run(Named.none()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("program 'same' is closed")
        .hasMessageContaining("closed at CheckedUseTest.aClosedProgramTellsWhereItWasClosed");
  }

  @Test
  void aClosedParameterTellsWhereItWasClosed() {
    Parameter p = backend.parameter("p", ONE);
    Tensor value = p.value();
    p.close();
    assertThatThrownBy(() -> backend.read(value))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the value of parameter 'p'")
        .hasMessageContaining("closed at CheckedUseTest.aClosedParameterTellsWhereItWasClosed");
  }

  @Test
  void aClosedBackendTellsWhereItWasClosed() {
    Backend closed = open();
    closed.close();
    assertThatThrownBy(() -> closed.tensor(ONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'checking-djl' is closed")
        .hasMessageContaining("CheckedUseTest.aClosedBackendTellsWhereItWasClosed");
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
        .hasMessageContaining("closed at CheckedUseTest.");
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
    try (Tensor x = backend.tensor(ONE);
        Tensor weight = backend.tensor(ONE);
        Program p = backend.inference("p", in -> Named.of("y", in.get("x").mul(weight)))) {
      p.run(Named.of("x", x)).get("y").close();
      weight.close();
      assertThatThrownBy(() -> p.run(Named.of("x", x)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program 'p' uses what was closed")
          .hasMessageContaining("closed at CheckedUseTest.aProgramCannotRunOnce");
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
        "3 times tensor FLOAT32 [1], made at CheckedUseTest.whatIsOpenWhenTheBackendClosesIsListed",
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

  // ---- bodies without side effects

  @Test
  void aBodyMayNotCloseItsInput() {
    violates(
        () ->
            Programs.evaluate(
                backend,
                X,
                in -> {
                  in.get("x").close();
                  return Named.none();
                }),
        "the body of program 'evaluate'",
        "closes its input 'x'");
  }

  @Test
  void aBodyMayNotCloseWhatItDidNotMake() {
    try (Tensor weight = backend.tensor(ONE)) {
      violates(
          () ->
              Programs.evaluate(
                  backend,
                  X,
                  in -> {
                    weight.close();
                    return in;
                  }),
          "closing a tensor that it did not make",
          "a body has no side effects");
    }
  }

  @Test
  void aBodyMayNotMakeTensorsParametersOrPrograms() {
    violates(() -> inBody(() -> backend.tensor(ONE)), "making a tensor", "side effects");
    violates(() -> inBody(() -> backend.parameter("p", ONE)), "making a parameter");
    violates(() -> inBody(() -> backend.inference("p", in -> in)), "compiling a program");
    violates(() -> inBody(backend::close), "closing the backend");
  }

  private void inBody(Runnable effect) {
    Programs.evaluate(
        backend,
        X,
        in -> {
          effect.run();
          return in;
        });
  }

  @Test
  void aBodyMayNotTakeAResultOutOfItsScope() {
    violates(
        () ->
            Programs.evaluate(
                backend,
                X,
                in -> {
                  TensorScope.take(in.get("x").mul(2));
                  return in;
                }),
        "1 intermediate results of program 'evaluate' (thread main) outlive its run");
  }

  @Test
  void aParametersValueIsTheParametersToClose() {
    Parameter p = backend.parameter("p", ONE);
    violates(() -> p.value().close(), "the value of parameter 'p' is closed by others");
    p.close();
  }

  // ---- threads

  /** Runs a program on the other thread, which waits halfway until the test has done its part. */
  private void during(String name, Parameter assigned, ThrowingCallable part) throws Exception {
    CountDownLatch halfway = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (Tensor x = backend.tensor(ONE);
        Program program =
            backend.training(
                name,
                (in, tape) -> {
                  tape.assign(assigned, in.get("x"));
                  fromAnotherProgram = in.get("x").mul(2);
                  running = this.program;
                  halfway.countDown();
                  await(done);
                  return Named.none();
                })) {
      this.program = program;
      input = x;
      Future<?> run = other.submit(() -> program.run(Named.of("x", x)));
      await(halfway);
      try {
        part.call();
      } catch (Throwable e) {
        throw new AssertionError(e);
      } finally {
        done.countDown();
        run.get();
      }
    }
  }

  private volatile Program program;
  private volatile Program running;
  private volatile Tensor input;
  private volatile Tensor fromAnotherProgram;

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsMadeInARunIsNotUsedInAnotherThatGoesOnAtTheSameTime() throws Exception {
    try (Parameter p = backend.parameter("p", ONE)) {
      during(
          "slow",
          p,
          () ->
              violates(
                  () ->
                      Programs.evaluate(
                          backend, X, in -> Named.of("y", in.get("x").add(fromAnotherProgram))),
                  "operation 1 (mul) of program 'slow' (thread pool-",
                  "is used by program 'evaluate' (thread main)"));
    }
  }

  @Test
  void aParameterIsAssignedByOneThreadAtATime() throws Exception {
    try (Parameter p = backend.parameter("p", ONE)) {
      during(
          "slow",
          p,
          () ->
              violates(
                  () ->
                      Programs.train(
                          backend,
                          X,
                          (in, tape) -> {
                            tape.assign(p, in.get("x"));
                            return Named.none();
                          }),
                  "parameter 'p' is assigned by program 'train' (thread main)",
                  "while program 'slow' (thread pool-"));
      Programs.train(
          backend,
          X,
          (in, tape) -> {
            tape.assign(p, in.get("x"));
            return Named.none();
          });
    }
  }

  @Test
  void whatARunNeedsIsNotClosedWhileItGoesOn() throws Exception {
    try (Parameter p = backend.parameter("p", ONE)) {
      during(
          "slow",
          p,
          () -> {
            violates(running::close, "program 'slow' is closed while it runs");
            violates(p::close, "parameter 'p' is closed while program 'slow'", "assigns it");
            violates(backend::close, "is closed while a program runs");
          });
    }
  }

  @Test
  void anInputIsNotClosedWhileAProgramRunsOnIt() throws Exception {
    try (Parameter p = backend.parameter("p", ONE);
        Program same = backend.inference("same", in -> in)) {
      during(
          "slow",
          p,
          () -> {
            violates(input::close, "closed while a program runs on it: tensor FLOAT32 [1]");
            same.run(Named.none());
          });
    }
  }

  @Test
  void gradientsByAParameterThatAnotherThreadReadsAreNotAViolation() throws Exception {
    try (Parameter p = backend.parameter("p", ONE);
        Parameter q = backend.parameter("q", ONE)) {
      during(
          "slow",
          p,
          () ->
              Programs.train(
                  backend,
                  X,
                  (in, tape) -> Named.of("g", tape.gradients(q.value().sum(), List.of(q)).get(0))));
    }
  }
}
