package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmf4j.report.LineChart.Line;
import org.pmf4j.report.LineChart.Point;
import org.pmf4j.report.LineChart.Style;

class LineChartTest {
  private static final String EVIL = "</script><b>\"{a|b}\" & 'c'\u2028";

  private static Line line(String name, double... ys) {
    List<Point> points = new ArrayList<>();
    for (double y : ys) {
      points.add(new Point(points.size() + 1, y));
    }
    return new Line(name, points);
  }

  @Test
  void theNumbersAreDrawnAsTheyAre() {
    JsonNode drawn = Drawn.by(new LineChart("t", "epoch", List.of(line("a", 0.1, 1.0 / 3))));
    assertThat(drawn.at("/lines/0/points")).hasToString("[[1.0,0.1],[2.0,0.3333333333333333]]");
    assertThat(drawn.get("x").asText()).isEqualTo("epoch");
  }

  @Test
  void aValueThatIsNotANumberLeavesAGap() {
    LineChart chart = new LineChart("t", "x", List.of(line("l", 1, Double.NaN, 3)));
    assertThat(Drawn.by(chart).at("/lines/0/points"))
        .hasToString("[[1.0,1.0],[2.0,null],[3.0,3.0]]");
    assertThat(chart.html()).doesNotContain("NaN").contains("<td class=\"number\">–</td>");
  }

  @Test
  void linesOverTheSamePlacesShareATable() {
    String html = new LineChart("t", "epoch", List.of(line("a", 1, 2), line("b", 3, 4))).html();
    assertThat(html)
        .contains(
            "<th scope=\"col\" class=\"number\">a</th><th scope=\"col\" class=\"number\">b</th>")
        .contains(
            "<tr><td class=\"number\">2</td><td class=\"number\">2</td>"
                + "<td class=\"number\">4</td></tr>");
  }

  @Test
  void linesOverOtherPlacesAreOneAfterTheOther() {
    String html = new LineChart("t", "x", "y", List.of(line("a", 1), line("b", 3, 4))).html();
    assertThat(html)
        .contains("<tr><td>b</td><td class=\"number\">2</td><td class=\"number\">4</td></tr>");
  }

  @Test
  void everyLineHasAButtonThatHidesIt() {
    Line guide = new Line("by chance", line("", 1, 2).points(), Style.GUIDE);
    String html = new LineChart("t", "x", List.of(line("a", 1, 2), guide)).html();
    assertThat(html)
        .contains("aria-pressed=\"true\" value=\"0\"><span class=\"key s0\"></span>a</button>")
        .contains("aria-pressed=\"true\" value=\"1\"><span class=\"key guide\">");
  }

  @Test
  void namesOfOthersAreTextOnly() {
    LineChart chart = new LineChart(EVIL, EVIL, List.of(line(EVIL, 1)));
    assertThat(chart.html()).doesNotContain("</script>", "<b>", "\"{a");
    assertThat(Drawn.by(chart).at("/lines/0/name").asText()).isEqualTo(EVIL);
  }

  @Test
  void aLongTableIsCutWithALineThatSaysSo() {
    String html = new LineChart("t", "x", List.of(line("l", new double[1234]))).html();
    assertThat(html)
        .contains("The first 500 of 1234.")
        .contains(">500</td>")
        .doesNotContain(">501<");
  }
}
