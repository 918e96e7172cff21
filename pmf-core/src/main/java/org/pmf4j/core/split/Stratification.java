package org.pmf4j.core.split;

import java.util.Random;

/** Chooses rows for parts, so that each part has its share of every class. Of one class a row. */
final class Stratification {
  private Stratification() {}

  /**
   * The part of each row: of every class the share of the part, rounded up or down.
   *
   * @param strata with one kind for each row
   */
  static byte[] parts(Strata strata, double[] shares, Random random) {
    int[][] left = Rounding.counts(strata.sizes(), shares);
    byte[] parts = new byte[strata.rows()];
    for (int row : Strata.shuffled(strata.rows(), random)) {
      int[] ofClass = left[strata.kind(row, 0)];
      int part = 0;
      while (ofClass[part] == 0) {
        part++;
      }
      ofClass[part]--;
      parts[row] = (byte) part;
    }
    return parts;
  }
}
