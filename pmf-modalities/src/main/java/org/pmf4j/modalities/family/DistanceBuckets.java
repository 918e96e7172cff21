package org.pmf4j.modalities.family;

/**
 * The kinds of distances between two tokens that T5 and MPNet tell apart: each small distance by
 * itself, larger ones in steps that grow logarithmically to 128, and both directions.
 */
final class DistanceBuckets {
  /** How many kinds there are. */
  static final int COUNT = 32;

  private static final int ONE_WAY = COUNT / 2;
  private static final int EXACT = ONE_WAY / 2;
  private static final int FARTHEST = 128;

  private DistanceBuckets() {}

  /** The kind of each pair of {@code n} tokens, row-major [n, n]: row i looks at column j. */
  static long[] index(int n) {
    long[] kinds = new long[Math.multiplyExact(n, n)];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        kinds[i * n + j] = kind(Math.abs(i - j)) + (j > i ? ONE_WAY : 0);
      }
    }
    return kinds;
  }

  /** Single precision, step by step as the reference computes it: it decides at the limits. */
  private static long kind(int distance) {
    if (distance < EXACT) {
      return distance;
    }
    float log = (float) Math.log((float) distance / EXACT);
    float step = log / (float) Math.log((double) FARTHEST / EXACT) * (ONE_WAY - EXACT);
    return Math.min(EXACT + (int) step, ONE_WAY - 1);
  }
}
