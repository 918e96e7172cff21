package org.pmf4j.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points, with their names where they have some. Immutable, so that any number of threads may share
 * it.
 *
 * @param title above it
 * @param xLabel what runs from left to right, with the unit
 * @param yLabel what runs from bottom to top, with the unit
 * @param spacing of the axis from left to right
 * @param points those that are not finite, or not positive on a logarithmic axis, are left out
 * @param guide a line to hold the points against
 */
public record ScatterPlot(
    String title,
    String xLabel,
    String yLabel,
    Spacing spacing,
    List<Point> points,
    Optional<Guide> guide)
    implements Chart {
  /** Copies the list. */
  public ScatterPlot {
    points = List.copyOf(points);
  }

  /** Points alone. */
  public ScatterPlot(
      String title, String xLabel, String yLabel, Spacing spacing, List<Point> points) {
    this(title, xLabel, yLabel, spacing, points, Optional.empty());
  }

  /** How numbers are spaced. */
  public enum Spacing {
    /** Equal differences are equally far apart. */
    LINEAR,
    /** Equal factors are. */
    LOGARITHMIC
  }

  /**
   * A point.
   *
   * @param name beside it; blank for none
   * @param group number of its colour
   * @param x from left to right
   * @param y from bottom to top
   * @param low where the error bar of y begins; y itself for none
   * @param high where it ends
   */
  public record Point(String name, int group, double x, double y, double low, double high) {
    /** A point without error bar. */
    public static Point of(String name, int group, double x, double y) {
      return new Point(name, group, x, y, y, y);
    }
  }

  /** A dashed line from one place to another. */
  public record Guide(LineChart.Point from, LineChart.Point to) {}

  @Override
  public String html() {
    List<Point> shown = points.stream().filter(this::canBeShown).toList();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "points");
    data.put("x", xLabel);
    data.put("y", yLabel);
    data.put("logarithmic", spacing == Spacing.LOGARITHMIC);
    data.put("points", shown.stream().map(ScatterPlot::data).toList());
    guide.ifPresent(g -> data.put("guide", Map.of("from", place(g.from()), "to", place(g.to()))));
    boolean named = shown.stream().anyMatch(p -> !p.name().isBlank());
    return new Drawing(title, named ? "big" : "", "", data, numbers(shown)).html();
  }

  private boolean canBeShown(Point p) {
    boolean finite =
        Double.isFinite(p.x()) && Double.isFinite(p.low()) && Double.isFinite(p.high());
    return finite && Double.isFinite(p.y()) && (spacing == Spacing.LINEAR || p.x() > 0);
  }

  private static Map<String, Object> data(Point p) {
    Map<String, Object> data = new LinkedHashMap<>();
    if (!p.name().isBlank()) {
      data.put("name", p.name());
    }
    data.put("group", p.group());
    data.put("x", p.x());
    data.put("y", p.y());
    if (p.high() > p.low()) {
      data.put("low", p.low());
      data.put("high", p.high());
    }
    return data;
  }

  private static List<Double> place(LineChart.Point p) {
    return List.of(p.x(), p.y());
  }

  private DataTable numbers(List<Point> shown) {
    return new DataTable(
        "",
        List.of(
            new DataTable.Column("", DataTable.Align.TEXT),
            new DataTable.Column(xLabel, DataTable.Align.NUMBER),
            new DataTable.Column(yLabel, DataTable.Align.NUMBER),
            new DataTable.Column("From", DataTable.Align.NUMBER),
            new DataTable.Column("To", DataTable.Align.NUMBER)),
        shown.stream()
            .map(
                p ->
                    List.of(
                        p.name(),
                        Drawing.text(p.x()),
                        Drawing.text(p.y()),
                        Drawing.text(p.low()),
                        Drawing.text(p.high())))
            .toList());
  }
}
