package org.pmf4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {

  @Test
  void aBarHasItsNameItsValueItsTextAndItsSpread() {
    JsonNode bar = Drawn.by(chart(new BarChart.Bar("slow", 2, 10, 8, 13, "10 ms"))).at("/bars/0");
    assertThat(bar)
        .hasToString(
            "{\"name\":\"slow\",\"group\":2,\"value\":10.0,\"low\":8.0,\"high\":13.0,"
                + "\"text\":\"10 ms\"}");
  }

  @Test
  void whatIsNotFiniteLeavesTheBarOut() {
    BarChart chart = chart(BarChart.Bar.of("none", 0, Double.NaN, "–"));
    assertThat(Drawn.by(chart).at("/bars/0/value").isNull()).isTrue();
    assertThat(chart.html()).contains(">none<").doesNotContain("NaN");
  }

  @Test
  void theTableHasTheSameNumbers() {
    assertThat(chart(new BarChart.Bar("slow", 2, 10, 8.25, 13, "10 ms")).html())
        .contains("<td>slow</td><td class=\"number\">10</td><td class=\"number\">8.250</td>");
  }

  private static BarChart chart(BarChart.Bar... bars) {
    return new BarChart("title", "ms", List.of(bars));
  }
}
