package org.pmf4j.core.split;

import java.util.Arrays;
import java.util.Random;

/**
 * Chooses rows of several labels for parts: the rows of the rarest label first, each for the part
 * that lacks the label most (Sechidis, Tsoumakas and Vlahavas, "On the Stratification of
 * Multi-Label Data", 2011, algorithm 1). For one thread at a time.
 */
final class IterativeStratification {
  private static final byte NONE = -1;

  private final Strata strata;
  private final Random random;
  private final double[] wanted;
  private final double[][] wantedOf;
  private final int[] left;
  private final byte[] parts;

  private IterativeStratification(Strata strata, double[] shares, Random random) {
    this.strata = strata;
    this.random = random;
    this.left = strata.sizes();
    this.wanted = new double[shares.length];
    this.wantedOf = new double[shares.length][strata.kinds()];
    this.parts = new byte[strata.rows()];
    Arrays.fill(parts, NONE);
    for (int p = 0; p < shares.length; p++) {
      // A part of no share never lacks anything
      wanted[p] = shares[p] == 0 ? Double.NEGATIVE_INFINITY : strata.rows() * shares[p];
      for (int k = 0; k < strata.kinds(); k++) {
        wantedOf[p][k] = shares[p] == 0 ? Double.NEGATIVE_INFINITY : left[k] * shares[p];
      }
    }
  }

  /** The part of each row. */
  static byte[] parts(Strata strata, double[] shares, Random random) {
    return new IterativeStratification(strata, shares, random).choose();
  }

  private byte[] choose() {
    int[] order = Strata.shuffled(strata.rows(), random);
    int[][] rowsOf = rowsOf(order);
    for (int kind = rarest(); kind >= 0; kind = rarest()) {
      for (int row : rowsOf[kind]) {
        if (parts[row] == NONE) {
          give(row, neediest(wantedOf, kind));
        }
      }
    }
    for (int row : order) {
      if (parts[row] == NONE) {
        give(row, neediest(null, 0));
      }
    }
    return parts;
  }

  private int[][] rowsOf(int[] order) {
    int[][] rows = new int[strata.kinds()][];
    Arrays.setAll(rows, k -> new int[left[k]]);
    int[] filled = new int[strata.kinds()];
    for (int row : order) {
      for (int i = 0; i < strata.count(row); i++) {
        int kind = strata.kind(row, i);
        rows[kind][filled[kind]++] = row;
      }
    }
    return rows;
  }

  private int rarest() {
    int rarest = -1;
    for (int k = 0; k < left.length; k++) {
      if (left[k] > 0 && (rarest < 0 || left[k] < left[rarest])) {
        rarest = k;
      }
    }
    return rarest;
  }

  private int neediest(double[][] first, int kind) {
    int best = 0;
    int equal = 1;
    for (int p = 1; p < wanted.length; p++) {
      int order = first == null ? 0 : Double.compare(first[p][kind], first[best][kind]);
      order = order == 0 ? Double.compare(wanted[p], wanted[best]) : order;
      equal = order == 0 ? equal + 1 : order > 0 ? 1 : equal;
      if (order > 0 || order == 0 && random.nextInt(equal) == 0) {
        best = p;
      }
    }
    return best;
  }

  private void give(int row, int part) {
    parts[row] = (byte) part;
    wanted[part]--;
    for (int i = 0; i < strata.count(row); i++) {
      int kind = strata.kind(row, i);
      wantedOf[part][kind]--;
      left[kind]--;
    }
  }
}
