package org.pmf4j.core.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Intervals by drawing rows anew, with replacement: Bradley Efron, Robert J. Tibshirani: <em>An
 * Introduction to the Bootstrap</em> (1993), percentile intervals. The same draws serve every
 * statistic, so that differences of two models are paired. Immutable, so that any number of threads
 * may share it.
 *
 * @param rows that are drawn from, 1 or more
 * @param resamples how often, 1 or more
 * @param seed from which the draws follow
 */
public record Bootstrap(int rows, int resamples, long seed) {
  private static final long FACTOR = 0xD1342543DE82EF95L;

  /** Refuses what cannot be drawn from. */
  public Bootstrap {
    if (rows < 1 || resamples < 1) {
      throw new IllegalArgumentException(rows + " rows, " + resamples + " resamples");
    }
  }

  /**
   * The rows of one draw.
   *
   * @param resample from 0
   * @return as many as there are rows, each 0 to {@code rows} (exclusive)
   */
  public int[] draw(int resample) {
    // A number that was mixed: generators of near seeds give each other's numbers, some steps later
    long mixed = new SplittableRandom(seed * FACTOR + resample).nextLong();
    SplittableRandom random = new SplittableRandom(mixed);
    return random.ints(rows, 0, rows).toArray();
  }

  /**
   * A statistic of each draw, computed by several threads.
   *
   * @param statistic of the rows that were drawn; NaN where they do not define it
   * @return in the order of the draws
   */
  public double[] statistics(ToDoubleFunction<int[]> statistic) {
    double[] values = new double[resamples];
    Arrays.parallelSetAll(values, r -> statistic.applyAsDouble(draw(r)));
    return values;
  }

  /**
   * The percentile interval.
   *
   * @param statistics of draws; those that are NaN are left out
   * @throws IllegalArgumentException if there is none
   */
  public static ConfidenceInterval interval(double[] statistics) {
    double[] sorted = Arrays.stream(statistics).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no draw defines the statistic");
    }
    double tail = (1 - ConfidenceInterval.LEVEL) / 2;
    return new ConfidenceInterval(quantile(sorted, tail), quantile(sorted, 1 - tail));
  }

  /** Between the two nearest values, as R's type 7 and numpy have it. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
