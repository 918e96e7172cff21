package org.pmf4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places numbers along an axis whose ticks are round numbers.
 *
 * @param low number at the axis's beginning
 * @param high number at its end, above {@code low}
 * @param step between ticks
 * @param from place of {@code low}, in the picture's units
 * @param to place of {@code high}
 */
record Scale(double low, double high, double step, double from, double to) implements Axis {

  /**
   * A scale that holds all values; where all are whole numbers, so are the ticks.
   *
   * @param values finite; may be empty
   * @param ticks about how many
   */
  static Scale of(double[] values, double from, double to, int ticks) {
    boolean whole = Arrays.stream(values).allMatch(v -> v == Math.rint(v));
    double min = Arrays.stream(values).min().orElse(0);
    double max = Arrays.stream(values).max().orElse(1);
    if (max - min <= 1e-9 * Math.max(Math.abs(max), Math.abs(min)) || max == min) {
      double room = max == 0 ? 1 : Math.abs(max) / 2;
      min -= room;
      max += room;
    }
    double step = roundStep((max - min) / ticks);
    step = whole ? Math.max(1, step) : step;
    return new Scale(Math.floor(min / step) * step, Math.ceil(max / step) * step, step, from, to);
  }

  /** The next of 1, 2 and 5 times a power of ten. */
  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    double digits = least / power;
    // A rounding error must not double the step
    double slack = 1e-9;
    return (digits <= 1 + slack ? 1 : digits <= 2 + slack ? 2 : digits <= 5 + slack ? 5 : 10)
        * power;
  }

  @Override
  public double place(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  @Override
  public List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    int count = (int) Math.round((high - low) / step);
    for (int i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** A tick's number, with just the decimals that the step needs. */
  @Override
  public String label(double tick) {
    if (Math.abs(tick) < step / 2) {
      return "0";
    }
    double largest = Math.max(Math.abs(low), Math.abs(high));
    if (largest >= 1e5 || largest < 1e-3) {
      return Markup.format("%.1e", tick);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return Markup.format("%." + decimals + "f", tick);
  }
}
