package org.pmf4j.modalities.text.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;

/** Which neighbours become one token, and in which order. */
final class Merges {
  private static final int NONE = -1;

  private final long[] pairs;
  private final int[] ranks;
  private final int[] merged;

  private Merges(int count) {
    int slots = Integer.highestOneBit(Math.max(8, count)) * 4;
    pairs = new long[slots];
    ranks = new int[slots];
    merged = new int[count];
    Arrays.fill(pairs, NONE);
  }

  /** Reads {@code merges}: strings with a space in them, or pairs. */
  static Merges read(Section section, Map<String, Integer> vocabulary, String prefix) {
    JsonNode list = section.node().path("merges");
    if (!list.isArray()) {
      throw section.wrong("merges", "a list");
    }
    Merges merges = new Merges(list.size());
    for (int rank = 0; rank < list.size(); rank++) {
      String[] pair = pair(section, rank, list.get(rank));
      if (!pair[1].startsWith(prefix)) {
        throw section.refused(
            "has merges["
                + rank
                + "] with a second part without the prefix "
                + Quoted.of(prefix)
                + ": "
                + Quoted.of(pair[1]));
      }
      int left = id(section, rank, vocabulary, pair[0]);
      int right = id(section, rank, vocabulary, pair[1]);
      String whole = pair[0] + pair[1].substring(prefix.length());
      merges.put(left, right, rank, id(section, rank, vocabulary, whole));
    }
    return merges;
  }

  private static String[] pair(Section section, int rank, JsonNode merge) {
    if (merge.isTextual()) {
      String[] parts = merge.textValue().split(" ", -1);
      if (parts.length == 2) {
        return parts;
      }
    } else if (merge.isArray()
        && merge.size() == 2
        && merge.get(0).isTextual()
        && merge.get(1).isTextual()) {
      return new String[] {merge.get(0).textValue(), merge.get(1).textValue()};
    }
    throw section.refused(
        "has merges[" + rank + "] that is no pair of tokens: " + Quoted.of(merge.toString()));
  }

  private static int id(Section section, int rank, Map<String, Integer> vocabulary, String token) {
    Integer id = vocabulary.get(token);
    if (id == null) {
      throw section.refused(
          "has merges["
              + rank
              + "] with the token "
              + Quoted.of(token)
              + ", which the vocabulary lacks");
    }
    return id;
  }

  private void put(int left, int right, int rank, int id) {
    int slot = slot(left, right);
    pairs[slot] = key(left, right);
    ranks[slot] = rank;
    merged[rank] = id;
  }

  private static long key(int left, int right) {
    return ((long) left << 32) | right;
  }

  private int slot(int left, int right) {
    long key = key(left, right);
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (pairs.length - 1);
    while (pairs[slot] != NONE && pairs[slot] != key) {
      slot = (slot + 1) & (pairs.length - 1);
    }
    return slot;
  }

  /** The rank of a pair, or -1. */
  private int rank(int left, int right) {
    int slot = slot(left, right);
    return pairs[slot] == NONE ? NONE : ranks[slot];
  }

  /**
   * Merges until nothing is left to merge, the pair of the lowest rank first, of equals the
   * leftmost. Changes the array.
   */
  int[] apply(int[] ids) {
    int count = ids.length;
    if (count < 2) {
      return ids;
    }
    int[] next = new int[count];
    int[] previous = new int[count];
    Queue queue = new Queue();
    for (int i = 0; i < count; i++) {
      Patience.at(i);
      next[i] = i + 1 < count ? i + 1 : NONE;
      previous[i] = i - 1;
      if (i + 1 < count) {
        queue.add(rank(ids[i], ids[i + 1]), i);
      }
    }
    boolean[] gone = new boolean[count];
    int turn = 0;
    while (!queue.isEmpty()) {
      Patience.at(turn++);
      long top = queue.poll();
      int at = (int) top;
      int rank = (int) (top >>> 32);
      if (gone[at] || next[at] == NONE) {
        continue;
      }
      int right = next[at];
      int now = rank(ids[at], ids[right]);
      // What was queued may be out of date.
      if (now == NONE || merged[now] != merged[rank]) {
        continue;
      }
      ids[at] = merged[rank];
      gone[right] = true;
      next[at] = next[right];
      if (next[at] != NONE) {
        previous[next[at]] = at;
        queue.add(rank(ids[at], ids[next[at]]), at);
      }
      if (previous[at] != NONE) {
        queue.add(rank(ids[previous[at]], ids[at]), previous[at]);
      }
    }
    int kept = 0;
    for (int i = 0; i != NONE; i = next[i]) {
      ids[kept++] = ids[i];
    }
    return Arrays.copyOf(ids, kept);
  }

  /** Places to merge, ordered by rank, then by place. */
  private static final class Queue {
    private long[] heap = new long[16];
    private int size;

    boolean isEmpty() {
      return size == 0;
    }

    void add(int rank, int place) {
      if (rank == NONE) {
        return;
      }
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, 2 * size);
      }
      long value = ((long) rank << 32) | place;
      int at = size++;
      while (at > 0 && heap[(at - 1) / 2] > value) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
      }
      heap[at] = value;
    }

    long poll() {
      long top = heap[0];
      long last = heap[--size];
      int at = 0;
      while (2 * at + 1 < size) {
        int child = 2 * at + 1;
        if (child + 1 < size && heap[child + 1] < heap[child]) {
          child++;
        }
        if (heap[child] >= last) {
          break;
        }
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = last;
      return top;
    }
  }
}
