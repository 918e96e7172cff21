package org.pmf4j.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A chart of lines over a common axis. Immutable, so that any number of threads may share it.
 *
 * @param title above it
 * @param xLabel what runs from left to right
 * @param lines one or more; drawn in the order of the legend
 */
public record LineChart(String title, String xLabel, List<Line> lines) implements Chart {
  private static final int WIDTH = 440;
  private static final int HEIGHT = 260;
  private static final int LEFT = 52;
  private static final int RIGHT = 12;
  private static final int TOP = 10;
  private static final int BOTTOM = 42;

  /** Beyond this number dots would cover the line. */
  private static final int DOTTED = 40;

  /** Copies the list. */
  public LineChart {
    lines = List.copyOf(lines);
  }

  /**
   * A line.
   *
   * @param name for the legend
   * @param points from left to right; those that are not finite leave a gap
   */
  public record Line(String name, List<Point> points) {
    /** Copies the list. */
    public Line {
      points = List.copyOf(points);
    }
  }

  /** A point in the data's own units. */
  public record Point(double x, double y) {
    boolean isFinite() {
      return Double.isFinite(x) && Double.isFinite(y);
    }
  }

  @Override
  public String html() {
    Scale x = Scale.of(points().mapToDouble(Point::x).toArray(), LEFT, WIDTH - RIGHT, 8);
    Scale y = Scale.of(points().mapToDouble(Point::y).toArray(), HEIGHT - BOTTOM, TOP, 5);
    StringBuilder b = new StringBuilder("<figure class=\"chart\">\n<figcaption>");
    b.append(Markup.escape(title)).append("</figcaption>\n").append(legend());
    b.append(
        Markup.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH, HEIGHT, Markup.escape(title)));
    axes(b, x, y);
    for (int i = 0; i < lines.size(); i++) {
      line(b, lines.get(i), i, x, y);
    }
    return b.append("</svg>\n</figure>\n").toString();
  }

  private Stream<Point> points() {
    return lines.stream().flatMap(l -> l.points().stream()).filter(Point::isFinite);
  }

  private String legend() {
    StringBuilder b = new StringBuilder("<p class=\"legend\">");
    for (int i = 0; i < lines.size(); i++) {
      b.append("<span class=\"entry\"><span class=\"key s").append(i % 4).append("\"></span>");
      b.append(Markup.escape(lines.get(i).name())).append("</span> ");
    }
    return b.append("</p>\n").toString();
  }

  private void axes(StringBuilder b, Scale x, Scale y) {
    for (double tick : y.ticks()) {
      double at = y.place(tick);
      b.append(
          Markup.format(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text class=\"y\" x=\"%d\" y=\"%.1f\">%s</text>\n",
              LEFT, WIDTH - RIGHT, at, at, LEFT - 8, at + 4, y.label(tick)));
    }
    int base = HEIGHT - BOTTOM;
    for (double tick : x.ticks()) {
      b.append(
          Markup.format(
              "<text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>\n",
              x.place(tick), base + 18, x.label(tick)));
    }
    b.append(
        Markup.format(
            "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                + "<text class=\"x name\" x=\"%d\" y=\"%d\">%s</text>\n",
            LEFT,
            WIDTH - RIGHT,
            base,
            base,
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 5,
            Markup.escape(xLabel)));
  }

  private static void line(StringBuilder b, Line line, int index, Scale x, Scale y) {
    StringBuilder path = new StringBuilder();
    boolean down = false;
    for (Point p : line.points()) {
      if (p.isFinite()) {
        path.append(Markup.format("%s%.1f %.1f", down ? "L" : "M", x.place(p.x()), y.place(p.y())));
      }
      down = p.isFinite();
    }
    b.append(Markup.format("<g class=\"s%d\"><path d=\"%s\"/>\n", index % 4, path));
    if (line.points().size() <= DOTTED) {
      line.points().stream()
          .filter(Point::isFinite)
          .forEach(
              p ->
                  b.append(
                      Markup.format(
                          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"><title>%s:"
                              + " %.4g</title></circle>\n",
                          x.place(p.x()), y.place(p.y()), Markup.escape(line.name()), p.y())));
    }
    b.append("</g>\n");
  }
}
