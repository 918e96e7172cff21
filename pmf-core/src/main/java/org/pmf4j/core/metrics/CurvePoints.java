package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.core.metrics.DecisionCurve.Point;

/** Walks sorted decisions from the highest score down, and keeps the points that are asked for. */
final class CurvePoints {
  private static final int MOST = 200;
  private static final int THRESHOLDS = 20;

  private final long positives;
  private final long negatives;
  private final List<Point> points = new ArrayList<>();
  private final List<Point> thresholds = new ArrayList<>();
  private Point best;

  private CurvePoints(long positives, long negatives) {
    this.positives = positives;
    this.negatives = negatives;
  }

  /**
   * A curve.
   *
   * @param sorted decisions of a {@link ScoreColumn}, ascending
   * @param positives how many of them are true, neither none nor all
   * @param auroc of all of them
   * @param averagePrecision of all of them
   */
  static DecisionCurve of(long[] sorted, long positives, double auroc, double averagePrecision) {
    CurvePoints walk = new CurvePoints(positives, sorted.length - positives);
    walk.down(sorted);
    return new DecisionCurve(
        positives,
        walk.negatives,
        walk.points,
        walk.thresholds,
        walk.best,
        auroc,
        averagePrecision);
  }

  private void down(long[] sorted) {
    int groups = groups(sorted);
    Point before = point(Double.POSITIVE_INFINITY, 0, 0);
    best = before;
    points.add(before);
    int nextThreshold = THRESHOLDS - 1;
    int end = sorted.length;
    for (int group = 0; group < groups; group++) {
      int start = tieStart(sorted, end - 1);
      long found = before.truePositives() + ScoreColumn.positives(sorted, start, end);
      double probability = 1 / (1 + Math.exp(-ScoreColumn.score(sorted[start])));
      for (; nextThreshold > 0 && threshold(nextThreshold) > probability; nextThreshold--) {
        thresholds.add(0, at(threshold(nextThreshold), before));
      }
      Point point = point(probability, found, sorted.length - start - found);
      if (isKept(group, groups)) {
        points.add(point);
      }
      best = point.f1() > best.f1() ? point : best;
      before = point;
      end = start;
    }
    for (; nextThreshold > 0; nextThreshold--) {
      thresholds.add(0, at(threshold(nextThreshold), before));
    }
  }

  /** The last and about as many as are wanted, evenly among all. */
  private static boolean isKept(int group, int groups) {
    long wanted = Math.min(MOST, groups);
    return (group + 1) * wanted / groups > group * wanted / groups;
  }

  private static double threshold(int number) {
    return (double) number / THRESHOLDS;
  }

  private Point at(double threshold, Point counts) {
    return point(threshold, counts.truePositives(), counts.falsePositives());
  }

  private Point point(double threshold, long truePositives, long falsePositives) {
    return new Point(threshold, truePositives, falsePositives, positives, negatives);
  }

  private static int groups(long[] sorted) {
    int groups = 0;
    for (int i = 0; i < sorted.length; i = ScoreColumn.tieEnd(sorted, i)) {
      groups++;
    }
    return groups;
  }

  private static int tieStart(long[] sorted, int last) {
    int start = last;
    while (start > 0 && sorted[start - 1] >> 1 == sorted[last] >> 1) {
      start--;
    }
    return start;
  }
}
