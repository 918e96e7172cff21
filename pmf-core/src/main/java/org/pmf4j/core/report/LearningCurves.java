package org.pmf4j.core.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Draws how training went: the losses, and the metric that chose the best epoch. Has no state: any
 * thread may call it.
 */
public final class LearningCurves {
  private LearningCurves() {}

  /**
   * What is drawn of an epoch.
   *
   * @param number from 1
   * @param trainingLoss mean over the epoch
   * @param validationLoss if it was measured
   * @param metric value on the validation data, if it was measured
   */
  public record Epoch(
      int number, double trainingLoss, OptionalDouble validationLoss, OptionalDouble metric) {}

  /**
   * One chart of the losses, and one of the metric where there is one.
   *
   * @param metric the metric's name
   */
  public static Charts of(List<Epoch> epochs, String metric) {
    List<LineChart.Point> training = new ArrayList<>();
    List<LineChart.Point> validation = new ArrayList<>();
    List<LineChart.Point> measured = new ArrayList<>();
    for (Epoch e : epochs) {
      training.add(new LineChart.Point(e.number(), e.trainingLoss()));
      e.validationLoss().ifPresent(y -> validation.add(new LineChart.Point(e.number(), y)));
      e.metric().ifPresent(y -> measured.add(new LineChart.Point(e.number(), y)));
    }
    List<LineChart.Line> losses = new ArrayList<>();
    losses.add(new LineChart.Line("training", training));
    if (!validation.isEmpty()) {
      losses.add(new LineChart.Line("validation", validation));
    }
    List<LineChart> charts = new ArrayList<>();
    charts.add(new LineChart("Loss", "epoch", losses));
    if (!measured.isEmpty()) {
      LineChart.Line line = new LineChart.Line("validation", measured);
      charts.add(new LineChart(metric, "epoch", List.of(line)));
    }
    return new Charts("Learning curves", charts);
  }
}
