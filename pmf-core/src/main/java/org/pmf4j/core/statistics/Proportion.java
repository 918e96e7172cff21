package org.pmf4j.core.statistics;

/**
 * A share of rows, such as those that are right. Immutable, so that any number of threads may share
 * it.
 *
 * @param hits 0 to {@code rows}
 * @param rows 1 or more
 */
public record Proportion(long hits, long rows) {
  /** Refuses counts that make no share. */
  public Proportion {
    if (rows < 1 || hits < 0 || hits > rows) {
      throw new IllegalArgumentException(hits + " of " + rows);
    }
  }

  /** The share, 0 to 1. */
  public double value() {
    return (double) hits / rows;
  }

  /**
   * The score interval of Edwin B. Wilson (1927), without continuity correction, as Robert G.
   * Newcombe: <em>Two-sided confidence intervals for the single proportion</em>, Statistics in
   * Medicine 17 (1998), recommends it (his method 3). It stays within 0 and 1 and has a width also
   * where all rows are right.
   */
  public ConfidenceInterval wilson() {
    double z2 = ConfidenceInterval.Z * ConfidenceInterval.Z;
    double centre = 2.0 * hits + z2;
    double spread =
        ConfidenceInterval.Z * Math.sqrt(z2 + 4.0 * hits * ((double) (rows - hits) / rows));
    double scale = 2 * (rows + z2);
    // Rounding must not lead out of what a share can be
    double low = hits == 0 ? 0 : (centre - spread) / scale;
    double high = hits == rows ? 1 : (centre + spread) / scale;
    return new ConfidenceInterval(Math.max(0, low), Math.min(1, high));
  }
}
