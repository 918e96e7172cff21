package org.pmf4j.modalities.tabular;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.encoder.EncoderConfig;

@DisplayName("Numbers are scaled")
class ScalingTest {
  /** Single precision of values up to 6. */
  private static final double TOLERANCE = 2e-6;

  static Stream<Arguments> cases() throws URISyntaxException {
    Path file = Path.of(ScalingTest.class.getResource("/tabular/scaling.json").toURI());
    return ((List<?>) EncoderConfig.read(file).values().get("cases"))
        .stream().map(c -> Arguments.of(((Map<?, ?>) c).get("name"), c));
  }

  private static double[] numbers(Object list) {
    return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
  }

  @ParameterizedTest(name = "as scikit-learn scales them: {0}")
  @MethodSource("cases")
  void asScikitLearn(String name, Map<String, Object> c) {
    Scaling scaling = Scaling.of(numbers(c.get("values")), (Integer) c.get("quantiles"));
    double[] probes = numbers(c.get("probes"));
    double[] expected = numbers(c.get("expected"));
    for (int i = 0; i < probes.length; i++) {
      double size = Math.max(1, Math.abs(expected[i]));
      assertThat((double) scaling.apply(probes[i]))
          .as("%s at %s", name, probes[i])
          .isCloseTo(expected[i], within(TOLERANCE * size));
    }
  }

  @ParameterizedTest(name = "the same after they were saved: {0}")
  @MethodSource("cases")
  void savedAndRead(String name, Map<String, Object> c) {
    Scaling scaling = Scaling.of(numbers(c.get("values")), (Integer) c.get("quantiles"));
    EncoderConfig saved = new EncoderConfig(name, scaling.toJson());
    assertThat(Scaling.read(saved)).isEqualTo(scaling);
  }
}
