package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Operations")
class OperationsTest {

  @ParameterizedTest(name = "{0}: {1} GFLOP")
  @DisplayName("at the base sizes are as many as were counted by hand")
  @CsvSource({
    // 12 layers, three products for each of the forward pass, attention's four for two alike
    "FULL_STEP, 1108",
    // 10 layers of trunk: 306; two passes of 197 + 8 and of 64 + 8 rows through 2 layers: 268
    "WHOLE_STEP, 574",
    "WHOLE_CACHED_STEP, 268",
    // Output projection and feed-forward network of the first fusion layer at real tokens: 40
    "PMF_CACHED_STEP, 48",
  })
  void atTheBaseSizes(SpeedVariant variant, double gflop) {
    assertThat(new Operations(Sizes.BASE).gflop(variant))
        .isCloseTo(gflop, within(0.01 * gflop + 1));
  }

  @ParameterizedTest
  @DisplayName("grow with the batch alone in proportion")
  @CsvSource({"FULL_STEP", "WHOLE_STEP", "PMF_CACHED_STEP", "PMF_STEP", "PMF_INFERENCE"})
  void inProportionToTheBatch(SpeedVariant variant) {
    double one = new Operations(Sizes.BASE).gflop(variant);
    double four = new Operations(Sizes.BASE.withBatch(32)).gflop(variant);
    // Texts of a larger batch are no longer on average, but not exactly as long.
    assertThat(four).isCloseTo(4 * one, within(1e-2 * four));
  }
}
