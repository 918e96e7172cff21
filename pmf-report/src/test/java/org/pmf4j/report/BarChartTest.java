package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final Pattern WIDTH =
      Pattern.compile("<rect x=\"2.0\" y=\"\\d+\" width=\"(.*?)\"");

  @Test
  void barsAreAsLongAsTheirValues() {
    List<Double> widths =
        widths(BarChart.Bar.of("a", 0, 10, "10 ms"), BarChart.Bar.of("b", 1, 40, "40 ms"));
    assertThat(widths.get(1)).isEqualTo(4 * widths.get(0));
  }

  @Test
  void aBarHasItsNameItsValueAndItsErrorBar() {
    String html = chart(new BarChart.Bar("slow", 2, 10, 8, 13, "10 ms")).html();
    assertThat(html).contains(">slow<", ">10 ms<", "class=\"s2\"", "class=\"error\"");
  }

  @Test
  void aBarWithoutSpreadHasNoErrorBar() {
    assertThat(chart(BarChart.Bar.of("a", 0, 10, "10")).html()).doesNotContain("class=\"error\"");
  }

  @Test
  void whatIsNotFiniteLeavesTheBarOut() {
    String html = chart(BarChart.Bar.of("none", 0, Double.NaN, "–")).html();
    assertThat(html).contains(">none<").doesNotContain("<rect", "NaN");
  }

  private static BarChart chart(BarChart.Bar... bars) {
    return new BarChart("title", "ms", List.of(bars));
  }

  private static List<Double> widths(BarChart.Bar... bars) {
    Matcher m = WIDTH.matcher(chart(bars).html());
    List<Double> widths = new ArrayList<>();
    while (m.find()) {
      widths.add(Double.valueOf(m.group(1)));
    }
    return widths;
  }
}
