package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;
import org.pmf4j.testkit.Programs;
import org.pmf4j.testkit.checking.CheckingBackendFactory;
import org.pmf4j.testkit.checking.ContractViolation;

/** What the checks say of bodies with side effects. */
class CheckedBodiesTest {
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
    Tensor weight = backend.tensor(ONE);
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

  @Test
  void aBodyMayMakeAConstantThatItKeeps() {
    AtomicReference<Tensor> constant = new AtomicReference<>();
    for (int i = 0; i < 2; i++) {
      inBody(
          () -> constant.compareAndSet(null, constant.get() == null ? backend.tensor(ONE) : null));
    }
    constant.get().close();
    backend.close();
  }

  @Test
  void aBodyMayNotMakeParametersOrPrograms() {
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
}
