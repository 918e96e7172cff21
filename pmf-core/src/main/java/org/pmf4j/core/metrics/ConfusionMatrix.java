package org.pmf4j.core.metrics;

import java.util.Arrays;
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
}
