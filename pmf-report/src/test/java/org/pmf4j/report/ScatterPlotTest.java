package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.pmf4j.report.ScatterPlot.Point;
import org.pmf4j.report.ScatterPlot.Spacing;

class ScatterPlotTest {

  @Test
  void namesCoverNeitherEachOtherNorPoints() {
    long seed = 7;
    SplittableRandom random = new SplittableRandom(seed);
    Labels labels = new Labels(50, 20, 560, 350);
    double[][] points = new double[12][];
    for (int i = 0; i < points.length; i++) {
      points[i] = new double[] {260 + 40 * random.nextDouble(), 160 + 40 * random.nextDouble()};
      labels.keepFree(points[i][0], points[i][1], 6);
    }
    List<Labels.Box> boxes = new ArrayList<>();
    for (double[] p : points) {
      Labels.Box box = labels.place("late-concat", p[0], p[1]);
      assertThat(boxes).as("seed %d", seed).noneMatch(box::meets);
      boxes.add(box);
      for (double[] other : points) {
        assertThat(box.meets(new Labels.Box(other[0] - 3, other[1] - 3, 6, 6))).isFalse();
      }
    }
  }

  @Test
  void aNameStaysInsideThePicture() {
    Labels.Box box = new Labels(0, 0, 200, 100).place("at the right edge", 195, 50);
    assertThat(box.left() + box.width()).isLessThanOrEqualTo(200);
  }

  @Test
  void equalFactorsAreEquallyFarApartOnALogarithmicAxis() {
    LogScale scale = LogScale.of(new double[] {0.15, 3.2}, 0, 100);
    assertThat(scale.ticks()).containsExactly(0.1, 0.2, 0.5, 1.0, 2.0, 5.0);
    assertThat(scale.place(1) - scale.place(0.5))
        .isCloseTo(scale.place(0.2) - scale.place(0.1), within());
    assertThat(scale.ticks().stream().map(scale::label))
        .containsExactly("0.1", "0.2", "0.5", "1", "2", "5");
  }

  @Test
  void aSingleValueStillHasALogarithmicAxis() {
    LogScale scale = LogScale.of(new double[] {2}, 0, 100);
    assertThat(scale.ticks()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(scale.place(2)).isBetween(0.0, 100.0);
  }

  @Test
  void whatCannotBeShownIsLeftOut() {
    List<Point> points =
        List.of(
            Point.of("zero", 0, 0, 1),
            Point.of("nothing", 0, Double.NaN, 1),
            new Point("good", 1, 5, 0.8, 0.7, 0.9));
    String html = new ScatterPlot("t", "GB", "accuracy", Spacing.LOGARITHMIC, points).html();
    assertThat(html).contains(">good<", "class=\"thin\"").doesNotContain(">zero<", ">nothing<");
    assertThat(new ScatterPlot("t", "GB", "accuracy", Spacing.LINEAR, points).html())
        .contains(">zero<");
    assertThat(new ScatterPlot("t", "GB", "accuracy", Spacing.LINEAR, List.of()).html())
        .contains("<svg");
  }

  /** The point at the right has no room behind it for its name. */
  @Test
  void aNameBeforeItsPointEndsThere() {
    List<Point> points = List.of(Point.of("first", 0, 0, 1), Point.of("the last one", 0, 10, 2));
    String html = new ScatterPlot("t", "GB", "accuracy", Spacing.LINEAR, points).html();
    assertThat(html)
        .containsPattern("class=\"from label\" [^>]*>first<")
        .containsPattern("class=\"to label\" [^>]*>the last one<");
  }

  private static Offset<Double> within() {
    return Assertions.within(1e-9);
  }
}
