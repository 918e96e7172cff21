package org.pmf4j.core.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Task;

/** Collects outputs and targets, row by row, and measures them. Not for several threads at once. */
public sealed interface Evaluation
    permits SingleLabelEvaluation, MultiLabelEvaluation, RegressionEvaluation {
  /** An empty evaluation for a task. */
  static Evaluation of(Task task) {
    if (task instanceof Task.Regression regression) {
      return new RegressionEvaluation(regression);
    }
    return task instanceof Task.MultiLabel
        ? new MultiLabelEvaluation(task.labels())
        : new SingleLabelEvaluation(task.labels());
  }

  /**
   * Takes in a row.
   *
   * @param outputs a logit for each label, or the scaled number of a regression; not kept
   * @param target as {@link Task#target} gives it; not kept
   * @return the row's loss, whose mean is {@link Metric#LOSS}
   * @throws PmfException if an output is not a finite number
   */
  double add(float[] outputs, float[] target);

  /**
   * Takes in a batch.
   *
   * @param outputs FLOAT32 [B, C]
   * @param targets B of them, as {@link Task#target} gives them
   */
  default void add(HostTensor outputs, List<float[]> targets) {
    int width = Math.toIntExact(outputs.shape().dim(1));
    if (outputs.shape().dim(0) != targets.size()) {
      throw new IllegalArgumentException(targets.size() + " targets for outputs " + outputs);
    }
    float[] all = outputs.floats();
    for (int i = 0; i < targets.size(); i++) {
      add(Arrays.copyOfRange(all, i * width, (i + 1) * width), targets.get(i));
    }
  }

  /**
   * Measures what was taken in; more rows may follow.
   *
   * @throws IllegalStateException if there was no row
   */
  EvaluationResult result();

  /**
   * By label, how telling it from the rest trades what is found against what is found wrongly; for
   * a multi-label task, {@link DecisionCurve#ALL} has all decisions together. Labels that no row or
   * every row has are absent, and a regression has none.
   */
  default Map<String, DecisionCurve> curves() {
    return Map.of();
  }

  /** How far probabilities hold; empty for a regression. */
  default Optional<Calibration> calibration() {
    return Optional.empty();
  }

  /** Checks a row before it is counted. */
  static void check(float[] outputs, float[] target, int width) {
    if (outputs.length != width || target.length != width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d outputs and %d targets, where the task has %d",
              outputs.length,
              target.length,
              width));
    }
    for (float o : outputs) {
      if (!Float.isFinite(o)) {
        throw PmfException.computation("an output of the model is " + o + ", not a finite number");
      }
    }
  }

  /** Checks that there is something to measure. */
  static void checkRows(long rows) {
    if (rows == 0) {
      throw new IllegalStateException("no rows to measure");
    }
  }
}
