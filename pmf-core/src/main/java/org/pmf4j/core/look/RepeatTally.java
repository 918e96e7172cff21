package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.core.split.Part;

/**
 * Finds rows of the same content by their hashes, of which it holds those of the first four million
 * different rows, in some 36 bytes each. For one thread at a time.
 */
final class RepeatTally {
  private static final int MOST = 4_000_000;
  private static final int SHOWN = 10;

  private final String subject;
  private final Map<Part, Long> within = new EnumMap<>(Part.class);
  private final Map<String, Long> between = new LinkedHashMap<>();
  private final List<Look.Pair> first = new ArrayList<>();
  private long[] hashes = new long[1 << 10];

  /** Of each hash: the number of its first row from 1 (0 where there is none), part and label. */
  private int[] rows = new int[1 << 10];

  private byte[] parts = new byte[1 << 10];
  private int[] labels = new int[1 << 10];
  private int different;
  private long otherLabel;
  private long compared;
  private boolean limited;

  RepeatTally(String subject) {
    this.subject = subject;
  }

  /**
   * Adds a row.
   *
   * @param number from 1 in its table
   * @param label hash of its label
   */
  void add(long hash, int number, int label, Look.Sample row) {
    if (2 * different > hashes.length && different < MOST) {
      grow();
    }
    int at = find(hash);
    if (rows[at] == 0) {
      if (different < MOST) {
        put(at, hash, number, (byte) row.part().ordinal(), label);
        different++;
        compared++;
      } else {
        limited = true;
      }
      return;
    }
    compared++;
    Part earlier = Part.values()[parts[at]];
    if (earlier == row.part()) {
      within.merge(earlier, 1L, Long::sum);
    } else {
      boolean before = earlier.compareTo(row.part()) < 0;
      String both = before ? earlier + ", " + row.part() : row.part() + ", " + earlier;
      between.merge(both, 1L, Long::sum);
    }
    otherLabel += label == labels[at] ? 0 : 1;
    if (first.size() < SHOWN) {
      first.add(new Look.Pair(row, String.format(Locale.ROOT, "row %,d of %s", rows[at], earlier)));
    }
  }

  private int find(long hash) {
    int mask = hashes.length - 1;
    int at = (int) (hash ^ hash >>> 32) & mask;
    while (rows[at] != 0 && hashes[at] != hash) {
      at = at + 1 & mask;
    }
    return at;
  }

  private void put(int at, long hash, int number, byte part, int label) {
    hashes[at] = hash;
    rows[at] = number;
    parts[at] = part;
    labels[at] = label;
  }

  private void grow() {
    long[] oldHashes = hashes;
    int[] oldRows = rows;
    byte[] oldParts = parts;
    int[] oldLabels = labels;
    int size = 2 * oldHashes.length;
    hashes = new long[size];
    rows = new int[size];
    parts = new byte[size];
    labels = new int[size];
    for (int i = 0; i < oldRows.length; i++) {
      if (oldRows[i] != 0) {
        put(find(oldHashes[i]), oldHashes[i], oldRows[i], oldParts[i], oldLabels[i]);
      }
    }
  }

  Look.Repeats repeats() {
    return new Look.Repeats(subject, within, between, otherLabel, first, compared, limited);
  }
}
