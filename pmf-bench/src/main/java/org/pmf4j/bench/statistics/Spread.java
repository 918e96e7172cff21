package org.pmf4j.bench.statistics;

import java.util.Arrays;
import java.util.Collection;

/**
 * What repeated measurements came to. Immutable, so that any number of threads may share it.
 *
 * @param count how many there are
 * @param median the middle one, or the mean of the two in the middle
 * @param lower the lower quartile
 * @param upper the upper quartile
 * @param min the smallest
 * @param max the largest
 */
public record Spread(int count, double median, double lower, double upper, double min, double max) {

  /**
   * The spread of some values.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Spread of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values");
    }
    double[] v = values.clone();
    Arrays.sort(v);
    return new Spread(
        v.length, quantile(v, 0.5), quantile(v, 0.25), quantile(v, 0.75), v[0], v[v.length - 1]);
  }

  /** The spread of some values. */
  public static Spread of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The standard deviation, as across seeds: n − 1 in the denominator; 0 for a single value. */
  public static double deviation(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    return values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1));
  }

  /** Linear between the values, as NumPy's default. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
