package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Means over classes of metrics that are not defined for every class. */
final class RankingMetrics {
  private static final int NAMED = 10;

  private final List<String> labels;
  private final List<ScoreColumn> columns = new ArrayList<>();

  RankingMetrics(List<String> labels) {
    this.labels = labels;
    labels.forEach(l -> columns.add(new ScoreColumn()));
  }

  void add(int label, double score, boolean positive) {
    columns.get(label).add((float) score, positive);
  }

  /** Adds AUROC over the classes that have positives and negatives. */
  void putAuroc(Map<String, Double> metrics, List<String> notes) {
    Predicate<ScoreColumn> defined = c -> c.hasPositives() && c.hasNegatives();
    putMean(
        Metric.AUROC, defined, ScoreColumn::auroc, "which no row or every row has", metrics, notes);
  }

  /** Adds average precision over the classes that have positives. */
  void putAveragePrecision(Map<String, Double> metrics, List<String> notes) {
    putMean(
        Metric.MAP,
        ScoreColumn::hasPositives,
        ScoreColumn::averagePrecision,
        "which no row has",
        metrics,
        notes);
  }

  /** By label; those that no row or every row has are absent. */
  Map<String, DecisionCurve> curves() {
    Map<String, DecisionCurve> curves = new LinkedHashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      ScoreColumn column = columns.get(i);
      if (column.hasPositives() && column.hasNegatives()) {
        curves.put(labels.get(i), column.curve());
      }
    }
    return curves;
  }

  /** All decisions together. */
  ScoreColumn pooled() {
    ScoreColumn all = new ScoreColumn();
    columns.forEach(all::addAll);
    return all;
  }

  private void putMean(
      Metric metric,
      Predicate<ScoreColumn> defined,
      ToDoubleFunction<ScoreColumn> value,
      String reason,
      Map<String, Double> metrics,
      List<String> notes) {
    List<String> leftOut = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < labels.size(); i++) {
      if (defined.test(columns.get(i))) {
        sum += value.applyAsDouble(columns.get(i));
      } else {
        leftOut.add(labels.get(i));
      }
    }
    int counted = labels.size() - leftOut.size();
    if (counted > 0) {
      metrics.put(metric.key(), sum / counted);
    }
    if (!leftOut.isEmpty()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%s leaves out %d of %d classes, %s: %s",
              metric.key(),
              leftOut.size(),
              labels.size(),
              reason,
              shortened(leftOut)));
    }
  }

  private static String shortened(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? shown + ", …" : shown;
  }
}
