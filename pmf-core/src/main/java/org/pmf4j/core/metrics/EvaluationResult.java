package org.pmf4j.core.metrics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an evaluation found. Immutable, so that any number of threads may share it.
 *
 * @param rows number of rows it rests on
 * @param metrics by {@link Metric#key() name}, in the order of {@link Metric}; what the data do not
 *     define is absent
 * @param classes scores of each class; empty for regression
 * @param confusion for single-label tasks
 * @param notes what a reader must know, such as classes that were left out of a mean
 * @param patterns where rows lack modalities, what was found on the rows of each pattern of what is
 *     there, such as {@code image+text}; else empty
 */
public record EvaluationResult(
    long rows,
    Map<String, Double> metrics,
    List<ClassScores> classes,
    Optional<ConfusionMatrix> confusion,
    List<String> notes,
    Map<String, EvaluationResult> patterns) {
  /** Copies all collections. */
  public EvaluationResult {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    classes = List.copyOf(classes);
    notes = List.copyOf(notes);
    patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
  }

  /** What was found on rows that are not told apart. */
  public EvaluationResult(
      long rows,
      Map<String, Double> metrics,
      List<ClassScores> classes,
      Optional<ConfusionMatrix> confusion,
      List<String> notes) {
    this(rows, metrics, classes, confusion, notes, Map.of());
  }

  /** This result, with what was found on the rows of each pattern. */
  public EvaluationResult withPatterns(Map<String, EvaluationResult> found) {
    return new EvaluationResult(rows, metrics, classes, confusion, notes, found);
  }

  /**
   * A metric's value.
   *
   * @throws org.pmf4j.api.error.PmfException listing what was measured, if this was not
   */
  public double value(Metric metric) {
    return Metric.value(metrics, metric.key());
  }
}
