package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;

@DisplayName("Training takes the steps that torch.optim.AdamW takes")
class LossCurveParityTest {
  /**
   * Relative. AdamW divides by gradients' sizes, which makes small differences larger from step to
   * step; the reference moves by 5e-7 between single and double precision.
   */
  private static final double TOLERANCE = 1e-3;

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    return AllBackends.trainers()
        .flatMap(backend -> TrainingCurve.caches().map(cache -> Arguments.of(cache, backend)));
  }

  @ParameterizedTest(name = "20 steps {0} on {1}")
  @MethodSource("runs")
  void twentyStepsAgree(String cache, String backend) throws IOException {
    TrainingCurve run = TrainingCurve.of(backend, cache, TrainingCurve.SETTINGS, folder);
    assertThat(run.steps()).hasSize(20);
    Map<String, HostTensor> expected =
        Fixtures.tensors(Fixtures.root().resolve("pmf/curve/expected.safetensors"));
    Differences.assertCloseRelative(
        "losses", run.column("loss"), expected.get("losses"), TOLERANCE);
    Differences.assertCloseRelative(
        "gradient norms", run.column("gradient_norm"), expected.get("gradient_norms"), TOLERANCE);
    Differences.assertCloseRelative(
        "learning rates", run.column("learning_rate"), expected.get("learning_rates"), 1e-6);
    run.adapter()
        .forEach(
            (name, t) ->
                Differences.assertCloseRelative(
                    name, t.floats(), expected.get("final." + name), TOLERANCE));
  }
}
