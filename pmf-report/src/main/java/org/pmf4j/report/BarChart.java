package org.pmf4j.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars from zero to the right, each below its name and its value, so that names may be long and the
 * page narrow. Immutable, so that any number of threads may share it.
 *
 * @param title above it
 * @param xLabel what the bars measure, with the unit
 * @param bars from top to bottom; those of one group have one colour
 */
public record BarChart(String title, String xLabel, List<Bar> bars) implements Chart {
  /** Copies the list. */
  public BarChart {
    bars = List.copyOf(bars);
  }

  /**
   * A bar.
   *
   * @param name above it, on the left
   * @param group number of its colour
   * @param value its length, 0 or more; one that is not finite leaves the bar out
   * @param low where the error bar begins; the value itself for none
   * @param high where it ends
   * @param text the value as it is shown above the bar, on the right
   */
  public record Bar(String name, int group, double value, double low, double high, String text) {
    /** A bar without error bar. */
    public static Bar of(String name, int group, double value, String text) {
      return new Bar(name, group, value, value, value, text);
    }
  }

  @Override
  public String html() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "bars");
    data.put("x", xLabel);
    data.put("bars", bars.stream().map(BarChart::data).toList());
    return new Drawing(title, "", "", data, numbers()).html();
  }

  private static Map<String, Object> data(Bar bar) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", bar.name());
    data.put("group", bar.group());
    data.put("value", Drawing.number(bar.value()));
    data.put("low", Drawing.number(bar.low()));
    data.put("high", Drawing.number(bar.high()));
    data.put("text", bar.text());
    return data;
  }

  private DataTable numbers() {
    return new DataTable(
        "",
        List.of(
            new DataTable.Column("", DataTable.Align.TEXT),
            new DataTable.Column(xLabel, DataTable.Align.NUMBER),
            new DataTable.Column("From", DataTable.Align.NUMBER),
            new DataTable.Column("To", DataTable.Align.NUMBER)),
        bars.stream()
            .map(
                b ->
                    List.of(
                        b.name(),
                        Drawing.text(b.value()),
                        Drawing.text(b.low()),
                        Drawing.text(b.high())))
            .toList());
  }
}
