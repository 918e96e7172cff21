package org.pmf4j.testkit.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** What the conformance suite does not ask of every backend. */
class PlainBackendTest {
  private final Backend backend = new PlainBackendFactory().open(BackendOptions.DEFAULT);

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void theServiceLoaderFindsThePlugin() {
    assertThat(ServiceLoader.load(PmfPlugin.class, getClass().getClassLoader()))
        .filteredOn(PlainPlugin.class::isInstance)
        .singleElement()
        .satisfies(plugin -> assertThat(plugin.backends()).hasSize(1));
  }

  @Test
  void aParameterNamedTwiceGetsItsGradientTwice() {
    try (Parameter p = backend.parameter("p", HostTensor.of(new float[] {3}, 1))) {
      Named<HostTensor> out =
          Programs.train(
              backend,
              Named.none(),
              (in, tape) -> {
                List<Tensor> g = tape.gradients(p.value().square(), List.of(p, p));
                return Named.of("first", g.get(0)).with("second", g.get(1));
              });
      assertThat(out.get("first").floats()).containsExactly(6);
      assertThat(out.get("second").floats()).containsExactly(6);
    }
  }

  @Test
  void singlePrecisionIsOneRoundingOfWhatDoubleGives() {
    float third = 1f / 3;
    HostTensor x = HostTensor.of(new float[] {third}, 1);
    assertThat(
            Programs.evaluate(backend, Named.of("x", x), in -> in.map(t -> t.exp().exp()))
                .get("x")
                .floats())
        .containsExactly((float) Math.exp((float) Math.exp(third)));
  }

  @Test
  void erfIsExactToRoundingAndEndsAtOne() {
    assertThat(Erf.of(0.5)).isCloseTo(0.5204998778130465, within(2e-16));
    assertThat(Erf.of(-2)).isCloseTo(-0.9953222650189527, within(2e-16));
    assertThat(Erf.of(5.999)).isCloseTo(1, within(2e-15));
    assertThat(Erf.of(-40)).isEqualTo(-1);
    assertThat(Erf.of(Double.NaN)).isNaN();
  }
}
