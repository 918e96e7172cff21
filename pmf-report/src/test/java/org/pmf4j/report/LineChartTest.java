package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static List<String> labels(double... values) {
    Scale scale = Scale.of(values, 0, 100, 5);
    return scale.ticks().stream().map(scale::label).toList();
  }

  @Test
  void ticksAreRoundNumbersAroundTheValues() {
    assertThat(labels(0.13, 1.04)).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2");
    assertThat(labels(0.912, 0.934)).startsWith("0.910", "0.915").endsWith("0.935");
    assertThat(labels(-1.5, 2.5)).containsExactly("-2", "-1", "0", "1", "2", "3");
    assertThat(labels(1, 2)).containsExactly("1", "2");
    assertThat(labels(0, 250000.5)).endsWith("3.0e+05");
  }

  @Test
  void equalValuesAndNoValuesStillMakeAScale() {
    for (double[] values : new double[][] {{}, {0}, {3, 3}, {-2}, {1e-12}}) {
      Scale scale = Scale.of(values, 0, 100, 5);
      assertThat(scale.high()).isGreaterThan(scale.low());
      assertThat(scale.ticks()).hasSizeBetween(2, 12);
      for (double v : values) {
        assertThat(scale.place(v)).isBetween(0.0, 100.0);
      }
    }
  }

  @Test
  void valuesAreWhereTheirTicksAre() {
    Scale scale = Scale.of(new double[] {0, 10}, 200, 100, 5);
    assertThat(scale.place(0)).isEqualTo(200);
    assertThat(scale.place(5)).isEqualTo(150);
    assertThat(scale.place(10)).isEqualTo(100);
  }

  @Test
  void aValueThatIsNotANumberLeavesAGap() {
    List<LineChart.Point> points =
        List.of(
            new LineChart.Point(1, 1),
            new LineChart.Point(2, Double.NaN),
            new LineChart.Point(3, 2),
            new LineChart.Point(4, 3));
    LineChart chart = new LineChart("t", "x", List.of(new LineChart.Line("l", points)));
    assertThat(chart.html())
        .doesNotContain("NaN")
        .containsPattern("<path d=\"M[0-9. ]+M[0-9. ]+L[0-9. ]+\"/>");
  }

  @Test
  void longLinesHaveNoDots() {
    List<LineChart.Point> points =
        IntStream.range(0, 41).mapToObj(i -> new LineChart.Point(i, i)).toList();
    LineChart chart = new LineChart("t", "x", List.of(new LineChart.Line("l", points)));
    assertThat(chart.html()).doesNotContain("<circle");
  }
}
