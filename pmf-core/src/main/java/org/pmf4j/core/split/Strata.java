package org.pmf4j.core.split;

import java.util.Arrays;
import java.util.Random;

/**
 * What rows are balanced by: to each row belong some kinds, such as its labels. Immutable, so that
 * any number of threads may share it.
 */
final class Strata {
  private final int kinds;
  private final int[] starts;
  private final int[] ids;

  /**
   * Strata.
   *
   * @param kinds how many there are
   * @param starts where the kinds of each row begin in {@code ids}, and their end
   * @param ids kinds from 0
   */
  Strata(int kinds, int[] starts, int[] ids) {
    this.kinds = kinds;
    this.starts = starts;
    this.ids = ids;
  }

  /** One kind for each row. */
  static Strata single(int kinds, int[] ids) {
    int[] starts = new int[ids.length + 1];
    Arrays.setAll(starts, i -> i);
    return new Strata(kinds, starts, ids);
  }

  int rows() {
    return starts.length - 1;
  }

  int kinds() {
    return kinds;
  }

  /** How many kinds a row has. */
  int count(int row) {
    return starts[row + 1] - starts[row];
  }

  /** One of the kinds of a row. */
  int kind(int row, int which) {
    return ids[starts[row] + which];
  }

  /** How many rows have each kind. */
  int[] sizes() {
    int[] sizes = new int[kinds];
    for (int id : ids) {
      sizes[id]++;
    }
    return sizes;
  }

  /** Numbers from 0 in an order of chance: by the generator whose numbers Java's documents fix. */
  static int[] shuffled(int count, Random random) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int other = order[j];
      order[j] = order[i];
      order[i] = other;
    }
    return order;
  }
}
