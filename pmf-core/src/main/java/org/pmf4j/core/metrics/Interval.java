package org.pmf4j.core.metrics;

/**
 * Where a metric lies for rows of the same kind, with a confidence of 95 %. Immutable, so that any
 * number of threads may share it.
 *
 * @param low the lower end
 * @param high the upper end, not below {@code low}
 */
public record Interval(double low, double high) {
  /** The normal distribution's 97.5th percentile. */
  private static final double Z = 1.959963984540054;

  /**
   * Wilson's interval for a share, which holds for few rows and for shares near 0 and 1 too.
   *
   * @param share 0 to 1
   * @param rows it rests on, above 0
   */
  static Interval ofShare(double share, long rows) {
    double square = Z * Z / rows;
    double centre = (share + square / 2) / (1 + square);
    double half = Z / (1 + square) * Math.sqrt(share * (1 - share) / rows + square / (4 * rows));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }
}
