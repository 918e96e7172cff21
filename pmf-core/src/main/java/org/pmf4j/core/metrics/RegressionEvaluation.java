package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.core.data.Task;

/** One number a row; errors are measured in the target's own unit, the loss in the scaled one. */
final class RegressionEvaluation implements Evaluation {
  private final Task.Regression task;
  private long rows;
  private double loss;
  private double absolute;
  private double squared;
  private double mean;
  private double spread;

  RegressionEvaluation(Task.Regression task) {
    this.task = task;
  }

  @Override
  public double add(float[] outputs, float[] target) {
    Evaluation.check(outputs, target, 1);
    double truth = task.restore(target[0]);
    double error = task.restore(outputs[0]) - truth;
    double scaled = (double) outputs[0] - target[0];
    rows++;
    loss += scaled * scaled;
    absolute += Math.abs(error);
    squared += error * error;
    // Welford's update: the sum of squared distances from the mean, without cancellation
    double distance = truth - mean;
    mean += distance / rows;
    spread += distance * (truth - mean);
    return scaled * scaled;
  }

  @Override
  public EvaluationResult result() {
    Evaluation.checkRows(rows);
    List<String> notes = new ArrayList<>();
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put(Metric.LOSS.key(), loss / rows);
    metrics.put(Metric.MAE.key(), absolute / rows);
    metrics.put(Metric.RMSE.key(), Math.sqrt(squared / rows));
    if (spread > 0) {
      metrics.put(Metric.R2.key(), 1 - squared / spread);
    } else {
      notes.add("r2 is not defined: all targets are the same");
    }
    return new EvaluationResult(rows, metrics, List.of(), Optional.empty(), notes);
  }
}
