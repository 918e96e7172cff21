package org.pmf4j.core.statistics;

/**
 * An interval that holds the true value in 95 of 100 samples of rows. Immutable, so that any number
 * of threads may share it.
 *
 * @param low its lower end
 * @param high its upper end, not below {@code low}
 */
public record ConfidenceInterval(double low, double high) {
  /** The share of samples whose intervals hold the true value. */
  public static final double LEVEL = 0.95;

  /** Standard deviations of a normal distribution that hold {@link #LEVEL} of it to both sides. */
  static final double Z = 1.959963984540054;

  /** Refuses ends in the wrong order. */
  public ConfidenceInterval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("an interval from " + low + " to " + high);
    }
  }

  /** True if a value lies in it, its ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  /** The interval of the negated value. */
  public ConfidenceInterval negated() {
    return new ConfidenceInterval(-high, -low);
  }
}
