package org.pmf4j.core.split;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Rows that stand in two parts: what is measured on them is no measure of what was learnt. */
final class Leaks {
  private Leaks() {}

  /**
   * How many rows of each part have the same values as a row of a part before it.
   *
   * @param hashes of each row's values
   * @param parts of each row
   */
  static Map<Part, Integer> count(long[] hashes, byte[] parts) {
    Map<Part, Integer> leaks = new EnumMap<>(Part.class);
    long[] before = new long[0];
    for (Part part : Part.values()) {
      long[] own = of(hashes, parts, part);
      long[] known = before;
      int twice = (int) Arrays.stream(own).filter(h -> Arrays.binarySearch(known, h) >= 0).count();
      if (twice > 0) {
        leaks.put(part, twice);
      }
      before = Arrays.copyOf(known, known.length + own.length);
      System.arraycopy(own, 0, before, known.length, own.length);
      Arrays.sort(before);
    }
    return leaks;
  }

  private static long[] of(long[] hashes, byte[] parts, Part part) {
    long[] own = new long[parts.length];
    int n = 0;
    for (int row = 0; row < parts.length; row++) {
      if (parts[row] == part.ordinal()) {
        own[n++] = hashes[row];
      }
    }
    return Arrays.copyOf(own, n);
  }
}
