package org.pmf4j.core.look;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts equal texts, of which it holds ten thousand different ones. For one thread at a time. */
final class ValueTally {
  /** More different values than that are no categories. */
  static final int MOST = 10_000;

  private static final int LONGEST = 200;

  private final Map<String, Long> counts = new HashMap<>();
  private boolean full;

  void add(String value) {
    // A long text is told by its beginning and its hash
    String key =
        value.length() <= LONGEST
            ? value
            : value.substring(0, LONGEST) + "… " + Integer.toHexString(value.hashCode());
    if (counts.containsKey(key) || counts.size() < MOST) {
      counts.merge(key, 1L, Long::sum);
    } else {
      full = true;
    }
  }

  /** Whether there were more different ones than are held: counts are then too small. */
  boolean full() {
    return full;
  }

  int different() {
    return counts.size();
  }

  /** How many stand in one row alone. */
  long once() {
    return counts.values().stream().filter(n -> n == 1).count();
  }

  /** The most frequent first, those of one frequency by their texts. */
  List<Look.Frequency> frequent(int most) {
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(most)
        .map(e -> new Look.Frequency(e.getKey(), e.getValue()))
        .toList();
  }
}
