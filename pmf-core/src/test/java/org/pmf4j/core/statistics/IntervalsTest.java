package org.pmf4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A confidence interval")
class IntervalsTest {
  /** Published with four decimals, or three. */
  private static final double FOUR = 5.1e-5;

  private static final double THREE = 5.1e-4;

  @ParameterizedTest(name = "of {0} of {1} is {2} to {3}, as Newcombe (1998), table I, has it")
  @CsvSource({
    "81, 263, 0.2553, 0.3662",
    "15, 148, 0.0624, 0.1605",
    "0, 20, 0.0000, 0.1611",
    "1, 29, 0.0061, 0.1718"
  })
  void wilson(long hits, long rows, double low, double high) {
    ConfidenceInterval interval = new Proportion(hits, rows).wilson();
    assertThat(interval.low()).isCloseTo(low, within(FOUR));
    assertThat(interval.high()).isCloseTo(high, within(FOUR));
  }

  @Test
  @DisplayName("of a share ends at 1 where all rows are right, and has a width all the same")
  void allRight() {
    ConfidenceInterval interval = new Proportion(50, 50).wilson();
    assertThat(interval.high()).isEqualTo(1);
    assertThat(interval.low()).isBetween(0.92, 0.94);
  }

  @Test
  @DisplayName("of a paired difference is that of Newcombe (1998), method 10, for his first table")
  void newcombe() {
    PairedProportions table = new PairedProportions(36, 12, 2, 0);
    assertThat(table.difference()).isCloseTo(0.2, within(1e-12));
    assertThat(table.newcombe().low()).isCloseTo(0.0569, within(FOUR));
    assertThat(table.newcombe().high()).isCloseTo(0.3404, within(FOUR));
  }

  @Test
  @DisplayName("of a paired difference is that of Fagerland et al. (2014) for airway reactivity")
  void fagerland() {
    ConfidenceInterval interval = new PairedProportions(1, 1, 7, 12).newcombe();
    assertThat(interval.low()).isCloseTo(-0.507, within(THREE));
    assertThat(interval.high()).isCloseTo(-0.026, within(THREE));
  }

  @Test
  @DisplayName("of a paired difference is the other way round where the models are")
  void swapped() {
    ConfidenceInterval one = new PairedProportions(150, 20, 9, 24).newcombe();
    ConfidenceInterval other = new PairedProportions(150, 9, 20, 24).newcombe();
    assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
    assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
  }

  @Test
  @DisplayName("of a paired difference holds 0 for one model twice, and has a width")
  void same() {
    ConfidenceInterval interval = new PairedProportions(190, 0, 0, 13).newcombe();
    assertThat(interval.contains(0)).isTrue();
    assertThat(interval.high() - interval.low()).isGreaterThan(0);
  }

  @Test
  @DisplayName("of a paired difference holds the truth in about 95 of 100 samples of 200 rows")
  void coverage() {
    long seed = 17;
    SplittableRandom random = new SplittableRandom(seed);
    int held = 0;
    int samples = 2000;
    for (int s = 0; s < samples; s++) {
      long[] n = new long[4];
      for (int r = 0; r < 200; r++) {
        double u = random.nextDouble();
        n[u < 0.85 ? 0 : u < 0.92 ? 1 : u < 0.96 ? 2 : 3]++;
      }
      held +=
          new PairedProportions(n[0], n[1], n[2], n[3]).newcombe().contains(0.07 - 0.04) ? 1 : 0;
    }
    // Four standard errors of 0.95 over 2,000 samples are 0.02
    assertThat(held / (double) samples).as("seed %d", seed).isBetween(0.93, 0.98);
  }

  @Test
  @DisplayName("by the bootstrap of a mean is about that of the normal distribution")
  void mean() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = random.doubles(400).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double error = Math.sqrt(variance / values.length);
    ConfidenceInterval interval =
        Bootstrap.interval(
            new Bootstrap(400, 2000, seed)
                .statistics(
                    rows ->
                        Arrays.stream(rows).mapToDouble(r -> values[r]).average().orElseThrow()));
    // An end of 2,000 draws is known to about a tenth of a standard error
    assertThat(interval.low())
        .as("seed %d", seed)
        .isCloseTo(mean - 1.96 * error, within(error / 4));
    assertThat(interval.high())
        .as("seed %d", seed)
        .isCloseTo(mean + 1.96 * error, within(error / 4));
  }

  @Test
  @DisplayName("by the bootstrap lies between neighbours, as numpy.percentile has it")
  void quantiles() {
    double[] statistics = IntStream.rangeClosed(0, 10).mapToDouble(i -> i * i).toArray();
    ConfidenceInterval interval = Bootstrap.interval(statistics);
    // numpy.percentile([i * i for i in range(11)], [2.5, 97.5])
    assertThat(interval.low()).isCloseTo(0.25, within(1e-12));
    assertThat(interval.high()).isCloseTo(95.25, within(1e-12));
  }

  @Test
  @DisplayName("by the bootstrap draws the same rows each time, others in each draw")
  void draws() {
    Bootstrap bootstrap = new Bootstrap(50, 10, 3);
    assertThat(bootstrap.draw(4)).isEqualTo(new Bootstrap(50, 10, 3).draw(4)).hasSize(50);
    assertThat(bootstrap.draw(4)).isNotEqualTo(bootstrap.draw(5));
    assertThat(Arrays.stream(bootstrap.draw(0))).allMatch(r -> r >= 0 && r < 50);
  }

  @Test
  @DisplayName("leaves out draws that do not define the metric, and is refused where none does")
  void undefined() {
    assertThat(Bootstrap.interval(new double[] {Double.NaN, 2, 2}))
        .isEqualTo(new ConfidenceInterval(2, 2));
    assertThatThrownBy(() -> Bootstrap.interval(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("is refused for counts that are none")
  void counts() {
    assertThatThrownBy(() -> new Proportion(3, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Proportion(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PairedProportions(0, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PairedProportions(5, -1, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
