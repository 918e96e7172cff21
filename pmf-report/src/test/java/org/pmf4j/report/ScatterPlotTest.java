package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmf4j.report.ScatterPlot.Point;
import org.pmf4j.report.ScatterPlot.Spacing;

class ScatterPlotTest {
  private static final List<Point> POINTS =
      List.of(
          Point.of("zero", 0, 0, 1),
          Point.of("nothing", 0, Double.NaN, 1),
          new Point("good", 1, 5, 0.8, 0.7, 0.9));

  @Test
  void whatCannotBeShownIsLeftOut() {
    ScatterPlot chart = new ScatterPlot("t", "GB", "accuracy", Spacing.LOGARITHMIC, POINTS);
    assertThat(Drawn.by(chart).get("points"))
        .hasToString(
            "[{\"name\":\"good\",\"group\":1,\"x\":5.0,\"y\":0.8,\"low\":0.7,\"high\":0.9}]");
    assertThat(chart.html()).contains("<td>good</td>").doesNotContain("zero", "nothing");
    assertThat(Drawn.by(linear(POINTS)).get("points")).hasSize(2);
    assertThat(Drawn.by(linear(List.of())).get("points")).isEmpty();
  }

  @Test
  void pointsWithoutNamesAreACloudWithAGuide() {
    ScatterPlot.Guide guide =
        new ScatterPlot.Guide(new LineChart.Point(0, 0), new LineChart.Point(1, 1));
    JsonNode drawn =
        Drawn.by(
            new ScatterPlot(
                "t",
                "true",
                "predicted",
                Spacing.LINEAR,
                List.of(Point.of("", 0, 0.25, 0.5)),
                Optional.of(guide)));
    assertThat(drawn.get("points")).hasToString("[{\"group\":0,\"x\":0.25,\"y\":0.5}]");
    assertThat(drawn.at("/guide/to")).hasToString("[1.0,1.0]");
  }

  private static ScatterPlot linear(List<Point> points) {
    return new ScatterPlot("t", "GB", "accuracy", Spacing.LINEAR, points);
  }
}
