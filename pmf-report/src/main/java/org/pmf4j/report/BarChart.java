package org.pmf4j.report;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Bars from zero to the right, each below its name and its value, so that names may be long and the
 * page narrow. Immutable, so that any number of threads may share it.
 *
 * @param title above it
 * @param xLabel what the bars measure, with the unit
 * @param bars from top to bottom; those of one group have one colour
 */
public record BarChart(String title, String xLabel, List<Bar> bars) implements Chart {
  private static final int WIDTH = 440;
  private static final int LEFT = 2;
  private static final int RIGHT = 14;
  private static final int ROW = 40;
  private static final int THICK = 12;
  private static final int BOTTOM = 44;

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

    private boolean isFinite() {
      return Double.isFinite(value) && Double.isFinite(low) && Double.isFinite(high);
    }
  }

  @Override
  public String html() {
    double[] values =
        DoubleStream.concat(
                DoubleStream.of(0),
                bars.stream()
                    .filter(Bar::isFinite)
                    .flatMapToDouble(b -> DoubleStream.of(b.value(), b.low(), b.high())))
            .toArray();
    Scale x = Scale.of(values, LEFT, WIDTH - RIGHT, 6);
    int base = bars.size() * ROW;
    int height = base + BOTTOM;
    StringBuilder b = new StringBuilder("<figure class=\"chart\">\n<figcaption>");
    b.append(Markup.escape(title)).append("</figcaption>\n");
    b.append(
        Markup.format(
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n",
            WIDTH, height, Markup.escape(title)));
    axis(b, x, base);
    IntStream.range(0, bars.size()).forEach(i -> bar(b, bars.get(i), i * ROW, x));
    return b.append("</svg>\n</figure>\n").toString();
  }

  private void axis(StringBuilder b, Scale x, int base) {
    List<Double> ticks = x.ticks();
    for (int i = 0; i < ticks.size(); i++) {
      double at = x.place(ticks.get(i));
      // The outermost numbers would stick out
      String anchor = i == 0 ? " from" : i == ticks.size() - 1 ? " to" : "";
      b.append(
          Markup.format(
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>"
                  + "<text class=\"x%s\" x=\"%.1f\" y=\"%d\">%s</text>\n",
              at,
              at,
              ROW - THICK - 6,
              base + 4,
              anchor,
              i == ticks.size() - 1 ? at + RIGHT - 2 : at,
              base + 18,
              x.label(ticks.get(i))));
    }
    b.append(
        Markup.format(
            "<text class=\"x name\" x=\"%d\" y=\"%d\">%s</text>\n",
            (LEFT + WIDTH - RIGHT) / 2, base + BOTTOM - 6, Markup.escape(xLabel)));
  }

  private static void bar(StringBuilder b, Bar bar, int top, Scale x) {
    int text = top + ROW - THICK - 9;
    b.append(
        Markup.format(
            "<text class=\"from label\" x=\"%d\" y=\"%d\">%s</text>"
                + "<text class=\"to label\" x=\"%d\" y=\"%d\">%s</text>\n",
            LEFT, text, Markup.escape(bar.name()), WIDTH - 2, text, Markup.escape(bar.text())));
    if (!bar.isFinite()) {
      return;
    }
    double zero = x.place(0);
    int y = top + ROW - THICK - 2;
    b.append(
        Markup.format(
            "<g class=\"s%d\"><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
            bar.group() % 4, zero, y, Math.max(1, x.place(bar.value()) - zero), THICK));
    if (bar.high() > bar.low()) {
      double from = x.place(bar.low());
      double to = x.place(bar.high());
      double middle = y + THICK / 2.0;
      b.append(
          Markup.format(
              "<path class=\"error\" d=\"M%.1f %.1fH%.1fM%.1f %.1fv6M%.1f %.1fv6\"/>",
              from, middle, to, from, middle - 3, to, middle - 3));
    }
    b.append("</g>\n");
  }
}
