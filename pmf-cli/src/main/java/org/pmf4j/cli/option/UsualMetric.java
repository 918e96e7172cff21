package org.pmf4j.cli.option;

import org.pmf4j.core.metrics.Metric;

/** The metric that a task is usually judged by. Has no state: any thread may call it. */
public final class UsualMetric {
  private UsualMetric() {}

  /**
   * The metric of a task.
   *
   * @param task its kind; an unknown one is refused where the task is made
   */
  public static Metric of(String task) {
    return switch (task) {
      case "multi-label" -> Metric.MAP;
      case "regression" -> Metric.MAE;
      default -> Metric.ACCURACY;
    };
  }
}
