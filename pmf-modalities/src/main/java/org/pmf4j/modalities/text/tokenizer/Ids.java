package org.pmf4j.modalities.text.tokenizer;

import java.util.Arrays;

/** Token ids as they are found, until there are enough. */
final class Ids {
  private final int enough;
  private int[] ids = new int[64];
  private int size;

  /** Wants at least the given number. */
  Ids(int enough) {
    this.enough = enough;
  }

  void add(int id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * size, 16));
    }
    ids[size++] = id;
  }

  void addAll(int[] others) {
    for (int id : others) {
      add(id);
    }
  }

  boolean enough() {
    return size >= enough;
  }

  int size() {
    return size;
  }

  int[] range(int from, int to) {
    return Arrays.copyOfRange(ids, from, to);
  }
}
