package org.pmf4j.core.metrics;

import java.util.Arrays;

/**
 * Scores of yes-or-no decisions together with the truth, for metrics that depend on their order
 * alone. A decision is held as one long: the score's bits, made to sort as the scores do, above one
 * bit of truth.
 */
final class ScoreColumn {
  private long[] decisions = new long[64];
  private int size;
  private int positives;

  void add(float score, boolean positive) {
    if (size == decisions.length) {
      decisions = Arrays.copyOf(decisions, Math.multiplyExact(size, 2));
    }
    decisions[size++] = (long) sortable(score) << 1 | (positive ? 1 : 0);
    positives += positive ? 1 : 0;
  }

  void addAll(ScoreColumn other) {
    int needed = Math.addExact(size, other.size);
    decisions = Arrays.copyOf(decisions, Math.max(needed, decisions.length));
    System.arraycopy(other.decisions, 0, decisions, size, other.size);
    size = needed;
    positives += other.positives;
  }

  boolean hasPositives() {
    return positives > 0;
  }

  boolean hasNegatives() {
    return positives < size;
  }

  /**
   * Area under the ROC curve: the chance that a positive scores above a negative, ties counting
   * half. Needs positives and negatives.
   */
  double auroc() {
    long[] d = sorted();
    double concordant = 0;
    long negativesBelow = 0;
    for (int i = 0; i < size; ) {
      int end = tieEnd(d, i);
      long tiedPositives = positives(d, i, end);
      long tiedNegatives = end - i - tiedPositives;
      concordant += tiedPositives * (negativesBelow + 0.5 * tiedNegatives);
      negativesBelow += tiedNegatives;
      i = end;
    }
    return concordant / ((double) positives * (size - positives));
  }

  /**
   * Average precision: precision at each distinct score, weighted by the gain in recall, without
   * interpolation. Needs positives.
   */
  double averagePrecision() {
    long[] d = sorted();
    double sum = 0;
    long found = positives;
    for (int i = 0; i < size; ) {
      int end = tieEnd(d, i);
      long tiedPositives = positives(d, i, end);
      // All from i on score at least as high as this threshold
      sum += (double) tiedPositives / positives * found / (size - i);
      found -= tiedPositives;
      i = end;
    }
    return sum;
  }

  /** The trade of what is found against what is found wrongly. Needs positives and negatives. */
  DecisionCurve curve() {
    return CurvePoints.of(sorted(), positives, auroc(), averagePrecision());
  }

  /** The score of a decision. */
  static float score(long decision) {
    int bits = (int) (decision >> 1);
    return Float.intBitsToFloat(bits >= 0 ? bits : bits ^ Integer.MAX_VALUE);
  }

  private long[] sorted() {
    long[] d = Arrays.copyOf(decisions, size);
    Arrays.sort(d);
    return d;
  }

  static int tieEnd(long[] sorted, int from) {
    int end = from + 1;
    while (end < sorted.length && sorted[end] >> 1 == sorted[from] >> 1) {
      end++;
    }
    return end;
  }

  static long positives(long[] sorted, int from, int to) {
    long n = 0;
    for (int i = from; i < to; i++) {
      n += sorted[i] & 1;
    }
    return n;
  }

  /** Bits that compare as integers like the floats do; both zeros are one. */
  private static int sortable(float score) {
    int bits = Float.floatToIntBits(score + 0.0f);
    return bits >= 0 ? bits : bits ^ Integer.MAX_VALUE;
  }
}
