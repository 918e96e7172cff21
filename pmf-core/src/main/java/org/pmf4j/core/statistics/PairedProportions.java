package org.pmf4j.core.statistics;

/**
 * Two models' shares of right rows, on the same rows: the two-by-two table of McNemar's test.
 * Immutable, so that any number of threads may share it.
 *
 * @param both rows that both have right
 * @param first rows that the first alone has right
 * @param second rows that the second alone has right
 * @param neither rows that none has right
 */
public record PairedProportions(long both, long first, long second, long neither) {
  /** Refuses negative counts, and a table without rows. */
  public PairedProportions {
    if (Math.min(Math.min(both, first), Math.min(second, neither)) < 0
        || both + first + second + neither == 0) {
      throw new IllegalArgumentException("no table of rows");
    }
  }

  /** The first's share minus the second's. */
  public double difference() {
    return (double) (first - second) / rows();
  }

  /**
   * The interval of the difference by Robert G. Newcombe: <em>Improved confidence intervals for the
   * difference between binomial proportions based on paired data</em>, Statistics in Medicine 17
   * (1998), method 10: {@link Proportion#wilson Wilson's} interval of each, and how much they
   * correlate.
   */
  public ConfidenceInterval newcombe() {
    Proportion one = new Proportion(both + first, rows());
    Proportion other = new Proportion(both + second, rows());
    double correlation = correlation();
    double difference = difference();
    ConfidenceInterval a = one.wilson();
    ConfidenceInterval b = other.wilson();
    double below = distance(one.value() - a.low(), b.high() - other.value(), correlation);
    double above = distance(other.value() - b.low(), a.high() - one.value(), correlation);
    return new ConfidenceInterval(difference - below, difference + above);
  }

  private static double distance(double x, double y, double correlation) {
    return Math.sqrt(Math.max(0, x * x - 2 * correlation * x * y + y * y));
  }

  /** φ of the table, corrected for continuity where it is positive, as method 10 has it. */
  private double correlation() {
    double margins =
        (double) (both + first)
            * (second + neither)
            * ((double) (both + second) * (first + neither));
    if (margins == 0) {
      return 0;
    }
    double product = (double) both * neither - (double) first * second;
    double corrected = product > 0 ? Math.max(product - rows() / 2.0, 0) : product;
    return corrected / Math.sqrt(margins);
  }

  private long rows() {
    return both + first + second + neither;
  }
}
