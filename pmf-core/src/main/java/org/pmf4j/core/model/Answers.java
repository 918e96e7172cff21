package org.pmf4j.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.metrics.Calibration;
import org.pmf4j.core.metrics.DecisionCurve;
import org.pmf4j.core.metrics.Evaluation;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.metrics.Interval;
import org.pmf4j.core.metrics.Intervals;

/**
 * What a model said of labelled rows, held against their labels. Everything but the rows is
 * measured when it is asked for. Immutable, so that any number of threads may share it.
 */
public final class Answers {
  private final Task task;
  private final List<Answer> rows;
  private final List<float[]> targets;
  private final EvaluationResult result;

  private Answers(Task task, List<Answer> rows, List<float[]> targets, EvaluationResult result) {
    this.task = task;
    this.rows = List.copyOf(rows);
    this.targets = List.copyOf(targets);
    this.result = result;
  }

  /**
   * Holds predictions against labels, and, where rows lack modalities, once more for the rows of
   * each pattern of what is there.
   *
   * @param examples with labels
   * @param predictions of the examples, in their order
   * @param modalities the model's, in order
   * @throws org.pmf4j.api.error.PmfException naming the row of a label that the task does not know
   */
  public static Answers of(
      Task task,
      List<Example> examples,
      List<Prediction> predictions,
      Collection<String> modalities) {
    List<float[]> targets = examples.stream().map(task::target).toList();
    Evaluation all = Evaluation.of(task);
    List<Answer> rows = new ArrayList<>(examples.size());
    for (int i = 0; i < examples.size(); i++) {
      Prediction p = predictions.get(i);
      double loss = all.add(p.logits(), targets.get(i));
      rows.add(new Answer(i + 1, examples.get(i), p, isRight(p, targets.get(i)), loss));
    }
    Map<String, EvaluationResult> patterns = new LinkedHashMap<>();
    ModalityPattern.patterns(examples, modalities)
        .forEach(
            (pattern, some) -> {
              Evaluation part = Evaluation.of(task);
              some.forEach(i -> part.add(predictions.get(i).logits(), targets.get(i)));
              patterns.put(pattern.toString(), part.result());
            });
    return new Answers(task, rows, targets, all.result().withPatterns(patterns));
  }

  /** What labels mean. */
  public Task task() {
    return task;
  }

  /** All rows, in the order of the table. */
  public List<Answer> rows() {
    return rows;
  }

  /** What was measured. */
  public EvaluationResult result() {
    return result;
  }

  /** Those that are not right, in the order of the table; of a regression none can be told. */
  public List<Answer> wrong() {
    return task instanceof Task.Regression
        ? List.of()
        : rows.stream().filter(a -> !a.isRight()).toList();
  }

  /**
   * The rows of the largest loss, the largest first; but for a regression, those that are not right
   * alone.
   *
   * @param most how many at most
   */
  public List<Answer> worst(int most) {
    List<Answer> candidates = task instanceof Task.Regression ? rows : wrong();
    return candidates.stream()
        .sorted(Comparator.comparingDouble(Answer::loss).reversed())
        .limit(most)
        .toList();
  }

  /** See {@link Evaluation#curves}. */
  public Map<String, DecisionCurve> curves() {
    return evaluation().curves();
  }

  /** See {@link Evaluation#calibration}. */
  public Optional<Calibration> calibration() {
    return evaluation().calibration();
  }

  /** By metric, where it lies with a confidence of 95 %; see {@link Intervals#of}. */
  public Map<String, Interval> intervals(long seed) {
    List<float[]> outputs = rows.stream().map(a -> a.prediction().logits()).toList();
    return Intervals.of(task, outputs, targets, result.metrics(), seed);
  }

  private Evaluation evaluation() {
    Evaluation all = Evaluation.of(task);
    rows.forEach(a -> all.add(a.prediction().logits(), targets.get(a.row() - 1)));
    return all;
  }

  private static boolean isRight(Prediction prediction, float[] target) {
    List<String> labels = prediction.task().labels();
    if (prediction.task() instanceof Task.Regression) {
      return false;
    }
    float[] given = new float[labels.size()];
    if (prediction.task() instanceof Task.MultiLabel) {
      for (int i = 0; i < given.length; i++) {
        given[i] = prediction.logits()[i] > 0 ? 1 : 0;
      }
    } else {
      given[prediction.best()] = 1;
    }
    return Arrays.equals(given, target);
  }
}
