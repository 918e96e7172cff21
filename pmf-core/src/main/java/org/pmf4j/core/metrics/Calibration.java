package org.pmf4j.core.metrics;

import java.util.List;

/**
 * How far probabilities hold: of the decisions made with a probability of 0.8, are 80 % right?
 * Decisions are those for the most probable class of a row, or, in a multi-label task, those for
 * each label of a row, which are right where the row has the label. Immutable, so that any number
 * of threads may share it.
 *
 * @param bins ten ranges of equal width, from 0 to 1
 */
public record Calibration(List<Bin> bins) {
  /** Copies the list. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * The decisions whose probability is in a range.
   *
   * @param low where the range begins; it belongs to the range below, but for 0
   * @param high where it ends, included
   * @param decisions how many there are
   * @param probability mean of their probabilities; NaN where there are none
   * @param share of them that are right, 0 to 1; NaN where there are none
   */
  public record Bin(double low, double high, long decisions, double probability, double share) {}

  /** Number of decisions. */
  public long decisions() {
    return bins.stream().mapToLong(Bin::decisions).sum();
  }

  /**
   * Expected calibration error: the mean distance between probability and share that is right,
   * weighted by the number of decisions (Guo et al., On Calibration of Modern Neural Networks,
   * 2017, equation 3). 0 is best.
   */
  public double expectedError() {
    double sum = 0;
    for (Bin b : bins) {
      sum += b.decisions() == 0 ? 0 : b.decisions() * Math.abs(b.share() - b.probability());
    }
    return sum / decisions();
  }
}
