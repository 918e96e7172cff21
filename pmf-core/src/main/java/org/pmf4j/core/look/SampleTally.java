package org.pmf4j.core.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two rows of each of the first twelve classes, each row of the class with the same chance. For one
 * thread at a time.
 */
final class SampleTally {
  private static final int CLASSES = 12;
  private static final int EACH = 2;

  private final Random random = new Random(1);
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  private static final class Kept {
    private final List<Look.Sample> rows = new ArrayList<>();
    private long seen;
  }

  void add(Look.Sample row) {
    if (kept.size() == CLASSES && !kept.containsKey(row.label())) {
      return;
    }
    Kept own = kept.computeIfAbsent(row.label(), l -> new Kept());
    own.seen++;
    if (own.rows.size() < EACH) {
      own.rows.add(row);
    } else {
      long at = random.nextLong(own.seen);
      if (at < EACH) {
        own.rows.set((int) at, row);
      }
    }
  }

  List<Look.Sample> samples() {
    return kept.values().stream().flatMap(k -> k.rows.stream()).toList();
  }
}
