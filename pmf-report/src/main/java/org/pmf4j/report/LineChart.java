package org.pmf4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A chart of lines over a common axis. Immutable, so that any number of threads may share it.
 *
 * @param title above it
 * @param xLabel what runs from left to right
 * @param yLabel what runs from bottom to top; blank where the title says it
 * @param lines one or more; drawn in the order of the legend
 */
public record LineChart(String title, String xLabel, String yLabel, List<Line> lines)
    implements Chart {
  /** As many as the style has. */
  private static final int COLOURS = 6;

  /** Copies the list. */
  public LineChart {
    lines = List.copyOf(lines);
  }

  /** A chart whose title says what runs from bottom to top. */
  public LineChart(String title, String xLabel, List<Line> lines) {
    this(title, xLabel, "", lines);
  }

  /**
   * A line.
   *
   * @param name for the legend
   * @param points from left to right; those that are not finite leave a gap
   * @param style how it is drawn
   */
  public record Line(String name, List<Point> points, Style style) {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }

    /** A line of what was measured. */
    public Line(String name, List<Point> points) {
      this(name, points, Style.MEASURED);
    }
  }

  /** How a line is drawn. */
  public enum Style {
    /** In a colour of its own. */
    MEASURED,
    /** Dashed and grey: what others are held against. */
    GUIDE
  }

  /** A point in the data's own units. */
  public record Point(double x, double y) {}

  @Override
  public String html() {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("kind", "lines");
    data.put("x", xLabel);
    data.put("y", yLabel);
    data.put("lines", lines.stream().map(LineChart::data).toList());
    return new Drawing(title, "", legend(), data, numbers()).html();
  }

  private static Map<String, Object> data(Line line) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", line.name());
    data.put("dashed", line.style() == Style.GUIDE);
    List<List<Double>> points = new ArrayList<>();
    for (Point p : line.points()) {
      List<Double> pair = new ArrayList<>();
      pair.add(Drawing.number(p.x()));
      pair.add(Drawing.number(p.y()));
      points.add(pair);
    }
    data.put("points", points);
    return data;
  }

  private String legend() {
    StringBuilder b = new StringBuilder("<p class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      String kind = lines.get(i).style() == Style.GUIDE ? "guide" : "s" + i % COLOURS;
      b.append("<button type=\"button\" aria-pressed=\"true\" value=\"").append(i).append("\">");
      b.append("<span class=\"key ").append(kind).append("\"></span>");
      b.append(Markup.escape(lines.get(i).name())).append("</button> ");
    }
    return b.append("</p>\n").toString();
  }

  /** A column for each line where all have the same places, else a row for each point. */
  private DataTable numbers() {
    List<Double> places = places(lines.get(0));
    boolean common = lines.stream().allMatch(l -> places(l).equals(places));
    List<DataTable.Column> columns = new ArrayList<>();
    List<List<String>> rows = new ArrayList<>();
    if (common) {
      columns.add(new DataTable.Column(xLabel, DataTable.Align.NUMBER));
      lines.forEach(l -> columns.add(new DataTable.Column(l.name(), DataTable.Align.NUMBER)));
      for (int i = 0; i < places.size(); i++) {
        List<String> row = new ArrayList<>();
        row.add(Drawing.text(places.get(i)));
        for (Line line : lines) {
          row.add(Drawing.text(line.points().get(i).y()));
        }
        rows.add(row);
      }
    } else {
      columns.add(new DataTable.Column("Line", DataTable.Align.TEXT));
      columns.add(new DataTable.Column(xLabel, DataTable.Align.NUMBER));
      columns.add(new DataTable.Column(yLabel.isBlank() ? title : yLabel, DataTable.Align.NUMBER));
      for (Line line : lines) {
        for (Point p : line.points()) {
          rows.add(List.of(line.name(), Drawing.text(p.x()), Drawing.text(p.y())));
        }
      }
    }
    return new DataTable("", columns, rows);
  }

  private static List<Double> places(Line line) {
    return line.points().stream().map(Point::x).toList();
  }
}
