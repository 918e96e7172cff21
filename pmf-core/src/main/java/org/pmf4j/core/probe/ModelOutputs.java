package org.pmf4j.core.probe;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Evaluation;
import org.pmf4j.core.metrics.Metric;

/**
 * A model's outputs on the compared rows, and what they should be. Immutable, so that any number of
 * threads may share it.
 *
 * @param task what outputs mean
 * @param outputs of each row
 * @param targets of each row
 */
record ModelOutputs(Task task, List<float[]> outputs, List<float[]> targets) {

  /**
   * A metric on some of the rows, any of them more than once.
   *
   * @return NaN where these rows do not define it
   */
  double value(Metric metric, int... rows) {
    Evaluation evaluation = Evaluation.of(task);
    for (int r : rows) {
      evaluation.add(outputs.get(r), targets.get(r));
    }
    return evaluation.result().metrics().getOrDefault(metric.key(), Double.NaN);
  }

  /** A metric on all rows. */
  double value(Metric metric) {
    return value(metric, IntStream.range(0, outputs.size()).toArray());
  }

  /** By row, whether it counts as right in the accuracy. */
  boolean[] right() {
    Evaluation evaluation = Evaluation.of(task);
    boolean[] right = new boolean[outputs.size()];
    for (int r = 0; r < right.length; r++) {
      right[r] = evaluation.isRight(outputs.get(r), targets.get(r));
    }
    return right;
  }
}
