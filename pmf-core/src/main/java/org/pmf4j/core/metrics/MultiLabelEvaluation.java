package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Any number of labels a row; a label is given where its logit is above 0, a probability of ½. */
final class MultiLabelEvaluation implements Evaluation {
  private final List<String> labels;
  private final long[] truePositives;
  private final long[] predicted;
  private final long[] support;
  private final RankingMetrics ranking;
  private final CalibrationBins calibration = new CalibrationBins();
  private long rows;
  private long rightRows;
  private double loss;

  MultiLabelEvaluation(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.truePositives = new long[labels.size()];
    this.predicted = new long[labels.size()];
    this.support = new long[labels.size()];
    this.ranking = new RankingMetrics(this.labels);
  }

  @Override
  public double add(float[] outputs, float[] target) {
    Evaluation.check(outputs, target, labels.size());
    boolean right = true;
    double sum = 0;
    for (int c = 0; c < outputs.length; c++) {
      boolean truth = target[c] > 0.5f;
      boolean given = outputs[c] > 0;
      truePositives[c] += truth && given ? 1 : 0;
      predicted[c] += given ? 1 : 0;
      support[c] += truth ? 1 : 0;
      right &= truth == given;
      sum += softplus(truth ? -outputs[c] : outputs[c]);
      ranking.add(c, outputs[c], truth);
      calibration.add(1 / (1 + Math.exp(-outputs[c])), truth);
    }
    rows++;
    rightRows += right ? 1 : 0;
    loss += sum / outputs.length;
    return sum / outputs.length;
  }

  @Override
  public Map<String, DecisionCurve> curves() {
    Map<String, DecisionCurve> curves = new LinkedHashMap<>(ranking.curves());
    ScoreColumn pooled = ranking.pooled();
    if (pooled.hasPositives() && pooled.hasNegatives()) {
      curves.put(DecisionCurve.ALL, pooled.curve());
    }
    return curves;
  }

  @Override
  public Optional<Calibration> calibration() {
    return Optional.of(calibration.result());
  }

  @Override
  public EvaluationResult result() {
    Evaluation.checkRows(rows);
    List<ClassScores> classes = new ArrayList<>();
    long found = 0;
    long given = 0;
    long there = 0;
    for (int c = 0; c < labels.size(); c++) {
      classes.add(ClassScores.of(labels.get(c), truePositives[c], predicted[c], support[c]));
      found += truePositives[c];
      given += predicted[c];
      there += support[c];
    }
    List<String> notes = new ArrayList<>();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.LOSS.key(), loss / rows);
    metrics.put(Metric.ACCURACY.key(), (double) rightRows / rows);
    double f1 = classes.stream().mapToDouble(ClassScores::f1).average().orElseThrow();
    metrics.put(Metric.MACRO_F1.key(), f1);
    metrics.put(Metric.MICRO_F1.key(), ClassScores.f1(found, given, there));
    ScoreColumn pooled = ranking.pooled();
    ranking.putAuroc(metrics, notes);
    if (pooled.hasPositives() && pooled.hasNegatives()) {
      metrics.put(Metric.MICRO_AUROC.key(), pooled.auroc());
    }
    ranking.putAveragePrecision(metrics, notes);
    if (pooled.hasPositives()) {
      metrics.put(Metric.MICRO_MAP.key(), pooled.averagePrecision());
    }
    return new EvaluationResult(rows, metrics, classes, Optional.empty(), notes);
  }

  private static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
