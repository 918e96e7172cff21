package org.pmf4j.core.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;

/**
 * What of each row its part is chosen by, in some bytes a row. Labels become numbers, in the order
 * of their texts, so that equal labels are equal whatever the order of rows. For one thread at a
 * time.
 */
final class RowFacts {
  /** As many as make the spread of the numbers the same in each part. */
  private static final int MOST_BINS = 10;

  private final String task;
  private final Map<String, Integer> labels = new LinkedHashMap<>();
  private final Map<String, Integer> groups = new HashMap<>();
  private int rows;
  private int[] starts = new int[1024];
  private int[] ids = new int[1024];
  private double[] numbers = new double[0];
  private int[] groupOf = new int[0];
  private long[] hashes = new long[1024];

  /** Facts of no row yet. */
  RowFacts(String task) {
    this.task = task;
  }

  /** Adds a row's label, which is one of the task's. */
  void label(Example example) {
    int end = starts[rows];
    if (task.equals(Task.REGRESSION)) {
      numbers = rows < numbers.length ? numbers : Arrays.copyOf(numbers, grown(rows));
      numbers[rows] = Task.Regression.number(example);
      return;
    }
    List<String> own =
        task.equals(Task.MULTI_LABEL)
            ? example.requireLabel().several().stream().distinct().toList()
            : List.of(example.requireLabel().one());
    for (String label : own) {
      ids = end < ids.length ? ids : Arrays.copyOf(ids, grown(end));
      ids[end++] = labels.computeIfAbsent(label, l -> labels.size());
    }
    starts[rows + 1] = end;
  }

  /** Adds a row's group. */
  void group(String name) {
    groupOf = rows < groupOf.length ? groupOf : Arrays.copyOf(groupOf, grown(rows));
    groupOf[rows] = groups.computeIfAbsent(name, g -> groups.size());
  }

  /**
   * Ends a row.
   *
   * @param hash of its values
   */
  void end(long hash) {
    hashes = rows < hashes.length ? hashes : Arrays.copyOf(hashes, grown(rows));
    hashes[rows++] = hash;
    starts = rows + 1 < starts.length ? starts : Arrays.copyOf(starts, grown(rows));
    starts[rows] = Math.max(starts[rows], starts[rows - 1]);
  }

  private static int grown(int size) {
    return Math.max(1024, size + size / 2);
  }

  int rows() {
    return rows;
  }

  long[] hashes() {
    return Arrays.copyOf(hashes, rows);
  }

  int[] groupOf() {
    return Arrays.copyOf(groupOf, rows);
  }

  int groups() {
    return groups.size();
  }

  /** How many rows have each label, in the order of their texts; of a regression none. */
  Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    int[] counts = strata().sizes();
    List<String> sorted = labels.keySet().stream().sorted().toList();
    IntStream.range(0, sorted.size()).forEach(i -> sizes.put(sorted.get(i), counts[i]));
    return sizes;
  }

  /**
   * What rows are balanced by: of a regression up to ten ranges of numbers, which hold as many rows
   * each; else the labels.
   */
  Strata strata() {
    if (task.equals(Task.REGRESSION)) {
      return bins();
    }
    List<String> sorted = new ArrayList<>(labels.keySet());
    sorted.sort(null);
    int[] places = new int[sorted.size()];
    IntStream.range(0, places.length).forEach(i -> places[labels.get(sorted.get(i))] = i);
    int[] placed = IntStream.range(0, starts[rows]).map(i -> places[ids[i]]).toArray();
    return new Strata(places.length, Arrays.copyOf(starts, rows + 1), placed);
  }

  private Strata bins() {
    double[] sorted = Arrays.copyOf(numbers, rows);
    Arrays.sort(sorted);
    int bins = Math.max(1, Math.min(MOST_BINS, rows / Part.values().length));
    double[] limits =
        IntStream.range(1, bins).mapToDouble(b -> sorted[(int) ((long) rows * b / bins)]).toArray();
    int[] binOf = new int[rows];
    for (int row = 0; row < rows; row++) {
      while (binOf[row] < limits.length && numbers[row] >= limits[binOf[row]]) {
        binOf[row]++;
      }
    }
    return Strata.single(bins, binOf);
  }
}
