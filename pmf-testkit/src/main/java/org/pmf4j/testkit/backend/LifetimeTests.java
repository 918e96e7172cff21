package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** What is refused after something was closed, or outside the place it belongs to. */
abstract class LifetimeTests extends BackendTests {
  private static final HostTensor ONE = HostTensor.of(new float[] {1}, 1);

  LifetimeTests(BackendConformance subject) {
    super(subject);
  }

  @Test
  void aClosedTensorCannotBeRead() {
    Tensor t = backend().tensor(ONE);
    t.close();
    t.close();
    assertThatThrownBy(() -> backend().read(t))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("FLOAT32 [1]");
  }

  @Test
  void aClosedTensorCannotBeAnInput() {
    Tensor t = backend().tensor(ONE);
    t.close();
    try (Program same = backend().inference("same", in -> in)) {
      assertThatThrownBy(() -> same.run(Named.of("x", t)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("FLOAT32 [1]");
    }
  }

  @Test
  void aClosedTensorCannotBeAnOperand() {
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(),
                    Named.of("x", ONE),
                    in -> {
                      Tensor t = in.get("x").mul(2);
                      t.close();
                      return Named.of("y", in.get("x").add(t));
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClosedTensorCannotBeAnOutput() {
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(),
                    Named.of("x", ONE),
                    in -> {
                      Tensor t = in.get("x").mul(2);
                      t.close();
                      return Named.of("y", t);
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anIntermediateResultCannotBeUsedAfterItsProgram() {
    AtomicReference<Tensor> kept = new AtomicReference<>();
    Programs.evaluate(
        backend(),
        Named.of("x", ONE),
        in -> {
          kept.set(in.get("x").mul(2));
          return in;
        });
    assertThatThrownBy(() -> backend().read(kept.get())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void operationsOutsideAProgramAreRefused() {
    try (Tensor t = backend().tensor(ONE)) {
      assertThatThrownBy(() -> t.add(t))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program");
      assertThatThrownBy(t::exp)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program");
      assertThatThrownBy(() -> t.reshape(1, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program");
      assertThatThrownBy(() -> t.filled(1, t.dtype()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("program");
      assertThat(backend().read(t).floats()).containsExactly(1);
    }
  }

  @Test
  void aClosedProgramCannotRun() {
    Program same = backend().inference("identity-7", in -> in);
    same.close();
    same.close();
    try (Tensor t = backend().tensor(ONE)) {
      assertThatThrownBy(() -> same.run(Named.of("x", t)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("identity-7");
    }
  }

  @Test
  void aTensorOfAnotherBackendIsRefused() {
    try (Backend other = open();
        Tensor foreign = other.tensor(ONE);
        Program same = backend().inference("same", in -> in)) {
      assertThatThrownBy(() -> backend().read(foreign))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
      assertThatThrownBy(() -> same.run(Named.of("x", foreign)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
      assertThatThrownBy(
              () ->
                  Programs.evaluate(
                      backend(), Named.of("x", ONE), in -> Named.of("y", in.get("x").add(foreign))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("backends");
    }
  }

  @Test
  void aClosedBackendIsRefused() {
    Backend closed = open();
    Program same = closed.inference("same", in -> in);
    Tensor t = closed.tensor(ONE);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.tensor(ONE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closed.read(t)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closed.parameter("p", ONE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> closed.inference("p", in -> in))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> same.run(Named.none())).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSecondBackendWorksAndTheFirstOutlivesIt() {
    try (Backend second = open()) {
      assertThat(Programs.evaluate(second, Named.of("x", ONE), in -> in).get("x").floats())
          .containsExactly(1);
    }
    assertThat(Programs.evaluate(backend(), Named.of("x", ONE), in -> in).get("x").floats())
        .containsExactly(1);
  }
}
