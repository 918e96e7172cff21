package org.pmf4j.core.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * Which rows make the batches of an epoch, from seed and epoch alone. Shuffled rows are sorted by
 * length within stretches of some batches, so that little padding is computed, and the batches are
 * shuffled again.
 *
 * @param rows number of rows
 * @param batchSize rows in a batch; the last may be smaller
 * @param seed of the run
 * @param shuffle false for the order of the file
 * @param lengths of the rows
 */
record BatchOrder(int rows, int batchSize, long seed, boolean shuffle, int[] lengths) {
  private static final int BATCHES_IN_A_STRETCH = 32;

  /**
   * An order whose lengths are asked for once.
   *
   * @param length of a row
   */
  static BatchOrder of(
      int rows, int batchSize, long seed, boolean shuffle, IntUnaryOperator length) {
    int[] lengths = new int[shuffle ? rows : 0];
    Arrays.parallelSetAll(lengths, length);
    return new BatchOrder(rows, batchSize, seed, shuffle, lengths);
  }

  /** Batches in an epoch. */
  int batches() {
    return (rows + batchSize - 1) / batchSize;
  }

  /** The batches of one epoch, counted from 0. */
  List<List<Integer>> epoch(int epoch) {
    List<Integer> order = new ArrayList<>(rows);
    for (int i = 0; i < rows; i++) {
      order.add(i);
    }
    if (!shuffle) {
      return cut(order);
    }
    Random random = new Random(seed * 1_000_003 + epoch);
    Collections.shuffle(order, random);
    int stretch = batchSize * BATCHES_IN_A_STRETCH;
    Comparator<Integer> byLength = Comparator.comparingInt(row -> lengths[row]);
    for (int from = 0; from < rows; from += stretch) {
      order.subList(from, Math.min(rows, from + stretch)).sort(byLength);
    }
    List<List<Integer>> batches = cut(order);
    Collections.shuffle(batches, random);
    return batches;
  }

  private List<List<Integer>> cut(List<Integer> order) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < rows; from += batchSize) {
      batches.add(List.copyOf(order.subList(from, Math.min(rows, from + batchSize))));
    }
    return batches;
  }
}
