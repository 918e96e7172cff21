package org.pmf4j.core.split;

import java.util.BitSet;
import java.util.Optional;

/** Numbers of rows from 1 as a text, such as {@code 1-3,5}. */
final class RowNumbers {
  private RowNumbers() {}

  /**
   * The text.
   *
   * @param rows positions from 0
   */
  static String text(BitSet rows) {
    StringBuilder b = new StringBuilder();
    for (int from = rows.nextSetBit(0); from >= 0; ) {
      int end = rows.nextClearBit(from);
      b.append(b.isEmpty() ? "" : ",").append(from + 1);
      if (end > from + 1) {
        b.append('-').append(end);
      }
      from = rows.nextSetBit(end);
    }
    return b.toString();
  }

  /**
   * Positions from 0.
   *
   * @param rows how many there are
   * @return empty if it is no such text, or has numbers of rows that there are not
   */
  static Optional<BitSet> parse(String text, int rows) {
    BitSet all = new BitSet(rows);
    int from = 0;
    int last = 0;
    int first = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ',';
      if (c >= '0' && c <= '9' && last <= rows) {
        last = last * 10 + (c - '0');
      } else if (c == '-' && first == 0 && last > 0) {
        first = last;
        last = 0;
      } else if (c == ',') {
        first = first == 0 ? last : first;
        if (first <= from || last < first || last > rows) {
          return Optional.empty();
        }
        all.set(first - 1, last);
        from = last;
        first = 0;
        last = 0;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }
}
