package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How often each class was taken for each other. Immutable, so that any number of threads may share
 * it.
 *
 * @param labels the classes
 * @param counts a row for each true class, in it a count for each predicted one
 */
public record ConfusionMatrix(List<String> labels, List<List<Long>> counts) {
  /** Copies both lists. */
  public ConfusionMatrix {
    labels = List.copyOf(labels);
    counts = counts.stream().map(List::copyOf).toList();
  }

  static ConfusionMatrix of(List<String> labels, long[][] counts) {
    return new ConfusionMatrix(
        labels, Arrays.stream(counts).map(r -> Arrays.stream(r).boxed().toList()).toList());
  }

  /** Number of rows of class {@code truth} that were taken for class {@code prediction}. */
  public long count(int truth, int prediction) {
    return counts.get(truth).get(prediction);
  }

  /**
   * A class that was taken for another.
   *
   * @param truth the class
   * @param prediction what it was taken for
   * @param rows how often, above 0
   * @param share of the rows of the class, 0 to 1
   */
  public record Confusion(String truth, String prediction, long rows, double share) {}

  /**
   * What was taken for something else most often, the most frequent first.
   *
   * @param most how many at most
   */
  public List<Confusion> mostConfused(int most) {
    List<Confusion> all = new ArrayList<>();
    for (int t = 0; t < labels.size(); t++) {
      long support = counts.get(t).stream().mapToLong(Long::longValue).sum();
      for (int p = 0; p < labels.size(); p++) {
        if (p != t && count(t, p) > 0) {
          double share = (double) count(t, p) / support;
          all.add(new Confusion(labels.get(t), labels.get(p), count(t, p), share));
        }
      }
    }
    all.sort(Comparator.comparingLong(Confusion::rows).reversed());
    return all.subList(0, Math.min(most, all.size()));
  }
}
