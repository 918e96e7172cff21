package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.testkit.Programs;

/** Parameters. */
abstract class ParameterTests extends BackendTests {
  ParameterTests(BackendConformance subject) {
    super(subject);
  }

  @BeforeEach
  void assumeTraining() {
    assumeCan(Capability.TRAINING);
  }

  @Test
  void aParameterHasItsNameShapeAndValue() {
    try (Parameter p = backend().parameter("head.bias", HostTensor.of(new float[] {1, 2}, 2, 1))) {
      assertThat(p.name()).isEqualTo("head.bias");
      assertThat(p.shape()).isEqualTo(Shape.of(2, 1));
      assertThat(p.value().dtype()).isEqualTo(DType.FLOAT32);
      assertThat(backend().read(p.value()).floats()).containsExactly(1, 2);
    }
  }

  @Test
  void theInitialValueIsCopied() {
    ByteBuffer memory = HostTensor.direct(1, DType.FLOAT32);
    memory.putFloat(0, 7);
    HostTensor initial = new HostTensor(Shape.of(1), DType.FLOAT32, memory);
    try (Parameter p = backend().parameter("p", initial)) {
      memory.putFloat(0, 8);
      assertThat(backend().read(p.value()).floats()).containsExactly(7);
    }
  }

  @Test
  void assigningLeavesTheInitialDataAlone() {
    HostTensor initial = HostTensor.of(new float[] {1}, 1);
    try (Parameter p = backend().parameter("p", initial)) {
      Programs.train(
          backend(),
          Named.none(),
          (in, tape) -> {
            tape.assign(p, p.value().add(1));
            return Named.none();
          });
      assertThat(backend().read(p.value()).floats()).containsExactly(2);
      assertThat(initial.floats()).containsExactly(1);
    }
  }

  @Test
  void integerParametersAreRefused() {
    assertThatThrownBy(() -> backend().parameter("ids", HostTensor.of(new long[] {1}, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ids")
        .hasMessageContaining("INT64");
  }

  @Test
  void aClosedParameterIsRefused() {
    Parameter p = backend().parameter("p", HostTensor.of(new float[] {1}, 1));
    p.close();
    p.close();
    assertThatThrownBy(() -> backend().read(p.value())).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                Programs.train(
                    backend(),
                    Named.of("x", HostTensor.of(new float[] {1}, 1)),
                    (in, tape) -> {
                      tape.assign(p, in.get("x"));
                      return Named.none();
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aParameterOfAnotherBackendIsRefused() {
    try (Backend other = open();
        Parameter foreign = other.parameter("foreign", HostTensor.of(new float[] {1}, 1))) {
      assertThatThrownBy(
              () ->
                  Programs.train(
                      backend(),
                      Named.of("x", HostTensor.of(new float[] {1}, 1)),
                      (in, tape) -> {
                        tape.gradients(in.get("x"), List.of(foreign));
                        return Named.none();
                      }))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another backend");
    }
  }
}
