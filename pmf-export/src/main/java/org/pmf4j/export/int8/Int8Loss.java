package org.pmf4j.export.int8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Calibration;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.Answers;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.export.check.BackendCheck;

/**
 * What a model in integers loses against itself in single precision. Immutable, so that any number
 * of threads may share it.
 *
 * @param rows that were compared
 * @param changed rows whose prediction is another; of a regression none can be told
 * @param lost of accuracy; where rows have no labels, the share of predictions that are others; of
 *     a regression, the share of their variance by which predictions move. Below 0 where integers
 *     are better by chance
 * @param labelled what labels say of both, where all rows of classes have some
 */
public record Int8Loss(int rows, int changed, double lost, Optional<Labelled> labelled) {
  /**
   * How good predictions are.
   *
   * @param floatAccuracy in single precision
   * @param accuracy in integers
   * @param floatCalibration the expected error of probabilities in single precision
   * @param calibration the same in integers
   */
  public record Labelled(
      double floatAccuracy, double accuracy, double floatCalibration, double calibration) {}

  /** Gathers what both say of rows. For one thread at a time. */
  public static final class Sum {
    private final Task task;
    private final Collection<String> modalities;
    private final List<Example> rows = new ArrayList<>();
    private final List<Prediction> expected = new ArrayList<>();
    private final List<Prediction> found = new ArrayList<>();

    /** Of no rows yet. */
    public Sum(Task task, Collection<String> modalities) {
      this.task = task;
      this.modalities = List.copyOf(modalities);
    }

    /** Adds a batch. */
    public void add(BackendCheck.Run run) {
      rows.addAll(run.rows());
      expected.addAll(predictions(run.expected().floats(), run.rows().size()));
      found.addAll(predictions(run.logits().floats(), run.rows().size()));
    }

    private List<Prediction> predictions(float[] logits, int rows) {
      int outputs = logits.length / rows;
      List<Prediction> all = new ArrayList<>();
      for (int from = 0; from < logits.length; from += outputs) {
        all.add(new Prediction(task, Arrays.copyOfRange(logits, from, from + outputs)));
      }
      return all;
    }

    /**
     * What integers lose on all rows.
     *
     * @throws org.pmf4j.api.error.PmfException naming the row of a label that the task does not
     *     know
     */
    public Int8Loss loss() {
      if (task instanceof Task.Regression) {
        return new Int8Loss(rows.size(), 0, moved(), Optional.empty());
      }
      int changed = 0;
      for (int i = 0; i < rows.size(); i++) {
        changed += expected.get(i).label().equals(found.get(i).label()) ? 0 : 1;
      }
      if (rows.stream().anyMatch(r -> r.label().isEmpty())) {
        return new Int8Loss(rows.size(), changed, (double) changed / rows.size(), Optional.empty());
      }
      Answers before = Answers.of(task, rows, expected, modalities);
      Answers after = Answers.of(task, rows, found, modalities);
      Labelled labelled =
          new Labelled(
              before.result().value(Metric.ACCURACY),
              after.result().value(Metric.ACCURACY),
              error(before),
              error(after));
      double lost = labelled.floatAccuracy() - labelled.accuracy();
      return new Int8Loss(rows.size(), changed, lost, Optional.of(labelled));
    }

    private static double error(Answers answers) {
      return answers.calibration().map(Calibration::expectedError).orElse(Double.NaN);
    }

    private double moved() {
      double mean = expected.stream().mapToDouble(Sum::output).average().orElse(0);
      double variance = 0;
      double squares = 0;
      for (int i = 0; i < rows.size(); i++) {
        variance += Math.pow(output(expected.get(i)) - mean, 2);
        squares += Math.pow(output(expected.get(i)) - output(found.get(i)), 2);
      }
      return squares == 0 ? 0 : squares / variance;
    }

    private static double output(Prediction prediction) {
      return prediction.logits()[0];
    }
  }
}
