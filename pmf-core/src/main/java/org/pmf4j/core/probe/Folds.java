package org.pmf4j.core.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Splits training rows into some to fit to and some that are held out. Classes are spread evenly
 * over the folds. Immutable, so that any number of threads may share it.
 *
 * @param of by row, its fold
 * @param count number of folds
 */
record Folds(int[] of, int count) {
  private static final int FOLDS = 5;

  /** Up to here all folds are held out, one after the other; beyond, the first alone. */
  private static final int CROSS_VALIDATED = 2000;

  /** Folds of rows by their classes, the same for the same rows. */
  static Folds of(int... classes) {
    int n = classes.length;
    int count = Math.min(FOLDS, n);
    SplittableRandom random = new SplittableRandom(0);
    long[] lots = random.longs(n).toArray();
    List<Integer> order =
        IntStream.range(0, n)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingInt(r -> classes[r]).thenComparingLong(r -> lots[r]))
            .toList();
    int[] of = new int[n];
    for (int i = 0; i < n; i++) {
      of[order.get(i)] = i % count;
    }
    return new Folds(of, count);
  }

  /** The folds that are held out. */
  int heldOut() {
    return of.length <= CROSS_VALIDATED ? count : 1;
  }

  /** The rows of a fold, or all others. */
  int[] rows(int fold, boolean others) {
    List<Integer> rows = new ArrayList<>();
    for (int r = 0; r < of.length; r++) {
      if (of[r] == fold != others) {
        rows.add(r);
      }
    }
    return rows.stream().mapToInt(Integer::intValue).toArray();
  }
}
