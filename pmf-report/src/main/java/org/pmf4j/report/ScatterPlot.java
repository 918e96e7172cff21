package org.pmf4j.report;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Points with their names, which do not cover each other. Immutable, so that any number of threads
 * may share it.
 *
 * @param title above it
 * @param xLabel what runs from left to right, with the unit
 * @param yLabel what runs from bottom to top, with the unit
 * @param spacing of the axis from left to right
 * @param points those that are not finite, or not positive on a logarithmic axis, are left out
 */
public record ScatterPlot(
    String title, String xLabel, String yLabel, Spacing spacing, List<Point> points)
    implements Chart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final int LEFT = 56;
  private static final int RIGHT = 16;
  private static final int TOP = 30;
  private static final int BOTTOM = 46;

  /** Copies the list. */
  public ScatterPlot {
    points = List.copyOf(points);
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
   * @param name beside it
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

  @Override
  public String html() {
    List<Point> shown = points.stream().filter(this::canBeShown).toList();
    double[] xs = shown.stream().mapToDouble(Point::x).toArray();
    Axis x =
        spacing == Spacing.LINEAR
            ? Scale.of(xs, LEFT, WIDTH - RIGHT, 7)
            : LogScale.of(xs, LEFT, WIDTH - RIGHT);
    double[] ys = shown.stream().flatMapToDouble(p -> DoubleStream.of(p.low(), p.high())).toArray();
    Axis y = Scale.of(ys, HEIGHT - BOTTOM, TOP, 6);
    StringBuilder b = new StringBuilder("<figure class=\"chart big\">\n<figcaption>");
    b.append(Markup.escape(title)).append("</figcaption>\n");
    b.append(
        Markup.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH, HEIGHT, Markup.escape(title)));
    axes(b, x, y);
    shown.forEach(p -> point(b, p, x, y));
    labels(b, shown, x, y);
    return b.append("</svg>\n</figure>\n").toString();
  }

  private boolean canBeShown(Point p) {
    boolean finite =
        Double.isFinite(p.x()) && Double.isFinite(p.low()) && Double.isFinite(p.high());
    return finite && Double.isFinite(p.y()) && (spacing == Spacing.LINEAR || p.x() > 0);
  }

  private void axes(StringBuilder b, Axis x, Axis y) {
    int base = HEIGHT - BOTTOM;
    for (double tick : y.ticks()) {
      double at = y.place(tick);
      b.append(
          Markup.format(
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                  + "<text class=\"y\" x=\"%d\" y=\"%.1f\">%s</text>\n",
              LEFT, WIDTH - RIGHT, at, at, LEFT - 8, at + 4, y.label(tick)));
    }
    for (double tick : x.ticks()) {
      double at = x.place(tick);
      b.append(
          Markup.format(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>"
                  + "<text class=\"x\" x=\"%.1f\" y=\"%d\">%s</text>\n",
              at, at, TOP, base, at, base + 18, x.label(tick)));
    }
    b.append(
        Markup.format(
            "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>"
                + "<text class=\"x name\" x=\"%d\" y=\"%d\">%s</text>"
                + "<text class=\"from name\" x=\"2\" y=\"14\">%s</text>\n",
            LEFT,
            WIDTH - RIGHT,
            base,
            base,
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 8,
            Markup.escape(xLabel),
            Markup.escape(yLabel)));
  }

  private static void point(StringBuilder b, Point p, Axis x, Axis y) {
    double at = x.place(p.x());
    b.append(Markup.format("<g class=\"s%d\">", p.group() % 4));
    if (p.high() > p.low()) {
      b.append(
          Markup.format(
              "<path class=\"thin\" d=\"M%.1f %.1fV%.1f\"/>",
              at, y.place(p.low()), y.place(p.high())));
    }
    b.append(
        Markup.format(
            "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>%s: %.4g,"
                + " %.4g</title></circle></g>\n",
            at, y.place(p.y()), Markup.escape(p.name()), p.x(), p.y()));
  }

  private static void labels(StringBuilder b, List<Point> shown, Axis x, Axis y) {
    Labels labels = new Labels(LEFT, TOP - 10, WIDTH, HEIGHT - BOTTOM);
    for (Point p : shown) {
      double at = x.place(p.x());
      labels.keepFree(at, y.place(p.y()), 6);
      for (double bar = y.place(p.high()); bar < y.place(p.low()); bar += 4) {
        labels.keepFree(at, bar, 2);
      }
    }
    for (Point p : shown) {
      double px = x.place(p.x());
      double py = y.place(p.y());
      Labels.Box box = labels.place(p.name(), px, py);
      if (box.isFarFrom(px, py)) {
        b.append(
            Markup.format(
                "<line class=\"leader\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                px, py, box.nearestX(px), box.nearestY(py)));
      }
      b.append(label(p.name(), box, px));
    }
  }

  /** A name in its place, against the side of its point: letters may be narrower than reckoned. */
  private static String label(String name, Labels.Box box, double px) {
    boolean before = box.left() + box.width() <= px;
    return Markup.format(
        "<text class=\"%s label\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
        before ? "to" : "from",
        before ? box.left() + box.width() : box.left(),
        box.top() + 12,
        Markup.escape(name));
  }
}
