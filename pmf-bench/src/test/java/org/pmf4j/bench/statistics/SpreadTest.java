package org.pmf4j.bench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void quartilesAreThoseOfNumPy() {
    // numpy.percentile([7, 1, 3, 10], [25, 50, 75])
    Spread s = Spread.of(7, 1, 3, 10);
    assertThat(s).isEqualTo(new Spread(4, 5, 2.5, 7.75, 1, 10));
  }

  @Test
  void aSingleValueIsItsOwnMedianAndQuartiles() {
    assertThat(Spread.of(List.of(3.0))).isEqualTo(new Spread(1, 3, 3, 3, 3, 3));
  }

  @Test
  void thereIsNoneOfNothing() {
    assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theDeviationIsThatOfASample() {
    // numpy.std([1, 2, 4], ddof=1)
    assertThat(Spread.deviation(1, 2, 4)).isCloseTo(1.5275252316519468, within(1e-12));
    assertThat(Spread.deviation(5)).isZero();
  }

  @Test
  void aLineThroughPointsOnALineIsThatLine() {
    LinearFit fit = LinearFit.of(new double[] {1, 2, 4}, new double[] {5, 7, 11});
    assertThat(fit.intercept()).isCloseTo(3, within(1e-12));
    assertThat(fit.slope()).isCloseTo(2, within(1e-12));
    assertThat(fit.r2()).isCloseTo(1, within(1e-12));
    assertThat(fit.at(10)).isCloseTo(23, within(1e-12));
  }

  @Test
  void aLineThroughOtherPointsIsThatOfLeastSquares() {
    // scipy.stats.linregress([0, 1, 2, 3], [1, 3, 2, 5])
    LinearFit fit = LinearFit.of(new double[] {0, 1, 2, 3}, new double[] {1, 3, 2, 5});
    assertThat(fit.intercept()).isCloseTo(1.1, within(1e-12));
    assertThat(fit.slope()).isCloseTo(1.1, within(1e-12));
    assertThat(fit.r2()).isCloseTo(0.6914285714, within(1e-9));
  }

  @Test
  void aLineNeedsTwoPlaces() {
    assertThatThrownBy(() -> LinearFit.of(new double[] {2, 2}, new double[] {1, 3}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
