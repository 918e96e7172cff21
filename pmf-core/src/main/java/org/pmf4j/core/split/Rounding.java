package org.pmf4j.core.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds how many rows of each class go into each part, so that every number is one of the two
 * whole ones beside its exact value, and the parts are as large as their shares say: controlled
 * rounding of a table with margins (Cox, 1987), by largest remainders and exchanges.
 */
final class Rounding {
  private static final double EXACT = 1e-9;

  private final int[][] counts;
  private final double[][] remainders;
  private final boolean[][] up;

  private Rounding(int[] sizes, double[] shares) {
    counts = new int[sizes.length][];
    remainders = new double[sizes.length][shares.length];
    up = new boolean[sizes.length][shares.length];
    for (int c = 0; c < sizes.length; c++) {
      counts[c] = apportion(sizes[c], shares);
      for (int p = 0; p < shares.length; p++) {
        int floor = floor(sizes[c] * shares[p]);
        remainders[c][p] = Math.max(0, sizes[c] * shares[p] - floor);
        up[c][p] = counts[c][p] > floor;
      }
    }
  }

  /**
   * Rows by class and part.
   *
   * @param sizes of the classes
   * @param shares of the parts, together 1
   * @return for each class as many rows as it has; the first part has one of each that has any
   */
  static int[][] counts(int[] sizes, double[] shares) {
    Rounding rounding = new Rounding(sizes, shares);
    int[] wanted = apportion(IntStream.of(sizes).sum(), shares);
    rounding.balance(wanted);
    for (int[] row : rounding.counts) {
      int largest = largest(row);
      if (row[0] == 0 && row[largest] > 0) {
        row[largest]--;
        row[0]++;
      }
    }
    return rounding.counts;
  }

  private static int largest(int[] row) {
    int largest = 0;
    for (int p = 1; p < row.length; p++) {
      largest = row[p] > row[largest] ? p : largest;
    }
    return largest;
  }

  /** A whole number in whole parts, by largest remainders (Hamilton's method). */
  static int[] apportion(int whole, double[] shares) {
    int[] parts = new int[shares.length];
    int left = whole;
    for (int p = 0; p < shares.length; p++) {
      parts[p] = floor(whole * shares[p]);
      left -= parts[p];
    }
    List<Integer> order =
        IntStream.range(0, shares.length)
            .boxed()
            .sorted(Comparator.comparingDouble(p -> parts[p] - whole * shares[p]))
            .toList();
    for (int i = 0; i < left; i++) {
      parts[order.get(i)]++;
    }
    return parts;
  }

  private static int floor(double exact) {
    return (int) Math.floor(exact + EXACT);
  }

  private void balance(int[] wanted) {
    int parts = wanted.length;
    for (int over = 0; over < parts; over++) {
      for (int under = 0; under < parts; under++) {
        int rows = Math.min(excess(over, wanted), -excess(under, wanted));
        rows -= move(over, under, rows);
        for (int between = 0; between < parts && rows > 0; between++) {
          if (between != over && between != under) {
            int lent = move(over, between, rows);
            move(between, under, lent);
          }
        }
      }
    }
  }

  private int excess(int part, int[] wanted) {
    int rows = 0;
    for (int[] row : counts) {
      rows += row[part];
    }
    return rows - wanted[part];
  }

  /** Rounds classes the other way in two parts, those first that it costs least. */
  private int move(int from, int to, int rows) {
    if (rows <= 0) {
      return 0;
    }
    List<Integer> can = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      if (up[c][from] && !up[c][to] && remainders[c][to] > EXACT) {
        can.add(c);
      }
    }
    can.sort(Comparator.comparingDouble(c -> remainders[c][from] - remainders[c][to]));
    List<Integer> moved = can.subList(0, Math.min(rows, can.size()));
    for (int c : moved) {
      counts[c][from]--;
      counts[c][to]++;
      up[c][from] = false;
      up[c][to] = true;
    }
    return moved.size();
  }
}
