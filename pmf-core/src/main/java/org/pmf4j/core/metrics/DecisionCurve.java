package org.pmf4j.core.metrics;

import java.util.List;

/**
 * How telling one label from the rest trades what is found against what is found wrongly, from the
 * strictest threshold to the loosest: the points of the ROC curve and of the curve of precision
 * over recall. Immutable, so that any number of threads may share it.
 *
 * @param positives decisions whose truth is the label
 * @param negatives all others
 * @param points a point for each probability that occurs, or some 200 of them where there are more;
 *     the first finds nothing, the last all
 * @param thresholds a point for each of 0.05, 0.1 … 0.95
 * @param best the point of the largest F1 among all probabilities that occur, the strictest of
 *     equal ones
 * @param auroc area under the ROC curve, of all points
 * @param averagePrecision mean of the precisions, weighted by the gain in recall, of all points
 */
public record DecisionCurve(
    long positives,
    long negatives,
    List<Point> points,
    List<Point> thresholds,
    Point best,
    double auroc,
    double averagePrecision) {
  /** The name of the curve of all decisions together, which no label can have: a blank one. */
  public static final String ALL = "";

  /** Copies the lists. */
  public DecisionCurve {
    points = List.copyOf(points);
    thresholds = List.copyOf(thresholds);
  }

  /**
   * What comes of giving the label from a probability on.
   *
   * @param threshold the least probability that is given the label; infinite where none is
   * @param truePositives decisions given the label that have it
   * @param falsePositives decisions given the label that do not have it
   * @param positives all that have it, above 0
   * @param negatives all that do not, above 0
   */
  public record Point(
      double threshold, long truePositives, long falsePositives, long positives, long negatives) {
    /** Number of decisions that are given the label. */
    public long given() {
      return truePositives + falsePositives;
    }

    /** Share of those given the label that have it; 1 where none is given it. */
    public double precision() {
      return given() == 0 ? 1 : (double) truePositives / given();
    }

    /** Share of those that have the label that are given it: the true positive rate. */
    public double recall() {
      return (double) truePositives / positives;
    }

    /** Share of those that do not have the label that are given it. */
    public double falsePositiveRate() {
      return (double) falsePositives / negatives;
    }

    /** Harmonic mean of precision and recall. */
    public double f1() {
      return ClassScores.f1(truePositives, given(), positives);
    }
  }
}
