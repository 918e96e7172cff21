package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One class a row; the largest logit decides, the first of equal ones. */
final class SingleLabelEvaluation implements Evaluation {
  private final List<String> labels;
  private final long[][] counts;
  private final RankingMetrics ranking;
  private final CalibrationBins calibration = new CalibrationBins();
  private long rows;
  private double loss;

  SingleLabelEvaluation(List<String> labels) {
    this.labels = List.copyOf(labels);
    this.counts = new long[labels.size()][labels.size()];
    this.ranking = new RankingMetrics(this.labels);
  }

  @Override
  public double add(float[] outputs, float[] target) {
    Evaluation.check(outputs, target, labels.size());
    int truth = largest(target);
    int given = largest(outputs);
    counts[truth][given]++;
    rows++;
    double all = logSumExp(outputs, -1);
    double own = all - outputs[truth];
    loss += own;
    calibration.add(Math.exp(outputs[given] - all), given == truth);
    for (int c = 0; c < outputs.length; c++) {
      // The log-odds order rows as the probability does, and do not saturate
      ranking.add(c, outputs[c] - logSumExp(outputs, c), c == truth);
    }
    return own;
  }

  @Override
  public Map<String, DecisionCurve> curves() {
    return ranking.curves();
  }

  @Override
  public Optional<Calibration> calibration() {
    return Optional.of(calibration.result());
  }

  @Override
  public EvaluationResult result() {
    Evaluation.checkRows(rows);
    long right = 0;
    int present = 0;
    double f1 = 0;
    List<ClassScores> classes = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      long support = 0;
      long predicted = 0;
      for (int o = 0; o < counts.length; o++) {
        support += counts[c][o];
        predicted += counts[o][c];
      }
      ClassScores scores = ClassScores.of(labels.get(c), counts[c][c], predicted, support);
      classes.add(scores);
      right += counts[c][c];
      present += support + predicted > 0 ? 1 : 0;
      f1 += scores.f1();
    }
    List<String> notes = new ArrayList<>();
    if (present < counts.length) {
      notes.add(
          String.format(
              Locale.ROOT,
              "macro_f1 leaves out %d of %d classes, which are neither in the data nor predicted",
              counts.length - present,
              counts.length));
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.LOSS.key(), loss / rows);
    metrics.put(Metric.ACCURACY.key(), (double) right / rows);
    metrics.put(Metric.MACRO_F1.key(), f1 / present);
    metrics.put(Metric.MICRO_F1.key(), (double) right / rows);
    ranking.putAuroc(metrics, notes);
    ConfusionMatrix confusion = ConfusionMatrix.of(labels, counts);
    return new EvaluationResult(rows, metrics, classes, Optional.of(confusion), notes);
  }

  private static int largest(float[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** The logarithm of the sum of exponentials of all but one value. */
  private static double logSumExp(float[] values, int without) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      max = i == without ? max : Math.max(max, values[i]);
    }
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += i == without ? 0 : Math.exp(values[i] - max);
    }
    return max + Math.log(sum);
  }
}
