package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

/** What the checks say of threads that get in each other's way. */
@Timeout(600)
class CheckedThreadsTest {
  private static final HostTensor ONE = HostTensor.of(new float[] {1}, 1);
  private static final Named<HostTensor> X = Named.of("x", ONE);

  private Backend backend;
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private volatile Program running;
  private volatile Tensor input;
  private volatile Tensor fromAnotherProgram;

  private static Backend open() {
    return new CheckingBackendFactory(new DjlBackendFactory()).open(new BackendOptions("cpu", 1));
  }

  @BeforeEach
  void openBackend() {
    backend = open();
  }

  @AfterEach
  void closeBackend() {
    other.shutdownNow();
    backend.close();
  }

  private static void violates(ThrowingCallable use, String... told) {
    assertThatThrownBy(use).isInstanceOf(ContractViolation.class).hasMessageContainingAll(told);
  }

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
                  halfway.countDown();
                  await(done);
                  return Named.none();
                })) {
      running = program;
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
                  "parameter 'p' is assigned by program 'train' (thread main) while program 'slow' (thread pool-"));
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
  void whatABodyIsKnownToAssignIsItsRunsFromTheBeginning() throws Exception {
    try (Parameter p = backend.parameter("p", ONE);
        Program known =
            backend.training(
                "known",
                (in, tape) -> {
                  tape.assign(p, in.get("x"));
                  return Named.none();
                })) {
      Programs.run(backend, known, X);
      during(
          "slow",
          p,
          () ->
              violates(
                  () -> Programs.run(backend, known, X),
                  "parameter 'p' is assigned by program 'known' (thread main) while program 'slow' (thread pool-"));
      Programs.run(backend, known, X);
    }
  }

  @Test
  void whatIsMadeInARunIsNotReadFromOutside() throws Exception {
    try (Parameter p = backend.parameter("p", ONE)) {
      during(
          "slow",
          p,
          () ->
              violates(
                  () -> backend.read(fromAnotherProgram),
                  "operation 1 (mul) of program 'slow'",
                  "is used by code outside of programs"));
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
