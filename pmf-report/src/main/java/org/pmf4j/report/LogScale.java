package org.pmf4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Places positive numbers so that equal factors are equally far apart; ticks are 1, 2 and 5 times
 * powers of ten.
 *
 * @param ticks from the axis's beginning to its end, two or more
 * @param from place of the first tick, in the picture's units
 * @param to place of the last tick
 */
record LogScale(List<Double> ticks, double from, double to) implements Axis {

  /**
   * A scale that holds all values.
   *
   * @param values positive; may be empty
   */
  static LogScale of(double[] values, double from, double to) {
    double min = Arrays.stream(values).min().orElse(1);
    double max = Arrays.stream(values).max().orElse(10);
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(min)); ticks.size() < 2 || last(ticks) < max; ) {
      for (double digit : new double[] {1, 2, 5}) {
        double tick = digit * Math.pow(10, power);
        boolean above = tick > min * (1 + 1e-9);
        if (!above) {
          ticks.clear();
        }
        if (ticks.size() < 2 || last(ticks) < max * (1 - 1e-9)) {
          ticks.add(tick);
        }
      }
      power++;
    }
    return new LogScale(List.copyOf(ticks), from, to);
  }

  private static double last(List<Double> ticks) {
    return ticks.get(ticks.size() - 1);
  }

  @Override
  public double place(double value) {
    double low = Math.log(ticks.get(0));
    double high = Math.log(last(ticks));
    return from + (Math.log(value) - low) / (high - low) * (to - from);
  }

  @Override
  public String label(double tick) {
    if (tick >= 1e5 || tick < 1e-3) {
      return Markup.format("%.0e", tick);
    }
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(tick) + 1e-9));
    return Markup.format("%." + decimals + "f", tick);
  }
}
