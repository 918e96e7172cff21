package org.pmf4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.TinyEncoders;

@DisplayName("Of bfloat16")
class SlowPrecisionTest {
  private static TinyEncoders tiny;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  @Test
  @DisplayName("a device that is said to be fast at it is not measured")
  void fast() {
    Told backend = new Told(tiny.backend(), EnumSet.allOf(Capability.class));
    assertThat(new SlowPrecision(backend).warning()).isEmpty();
    assertThat(backend.programs.get()).isZero();
  }

  @Test
  @DisplayName("any other is measured once, however often it is asked")
  void measuredOnce() {
    Told backend = new Told(tiny.backend(), EnumSet.of(Capability.BFLOAT16));
    SlowPrecision slow = new SlowPrecision(backend);
    slow.warning().ifPresent(w -> assertThat(w).contains("times as long as in fp32 on cpu (djl)"));
    int programs = backend.programs.get();
    assertThat(programs).isPositive();
    assertThat(slow.warning()).isEmpty();
    assertThat(backend.programs.get()).isEqualTo(programs);
  }

  @Test
  @DisplayName("a slow device is told of with what was measured, one as fast is not")
  void told() {
    SlowPrecision slow = new SlowPrecision(new Told(tiny.backend(), Set.of()));
    assertThat(slow.warning(8.04))
        .hasValue(
            "--precision bf16 is slow here: a matrix product takes 8.0 times as long as in fp32 on"
                + " cpu (djl), which lacks instructions for it; use fp32, unless memory is short");
    assertThat(slow.warning(1.1)).isEmpty();
    assertThat(slow.warning(0.3)).isEmpty();
  }

  /** The real backend, which says that it can do something else. */
  private static final class Told implements Backend {
    private final Backend real;
    private final Set<Capability> can;
    private final AtomicInteger programs = new AtomicInteger();

    Told(Backend real, Set<Capability> can) {
      this.real = real;
      this.can = can;
    }

    @Override
    public BackendInfo info() {
      return new BackendInfo("djl", "PyTorch", "cpu", 1, can);
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
      programs.incrementAndGet();
      return real.inference(name, body);
    }

    @Override
    public Program training(String name, TrainingBody body) {
      return real.training(name, body);
    }

    @Override
    public void close() {
      throw new AssertionError("the backend is its owner's");
    }
  }
}
