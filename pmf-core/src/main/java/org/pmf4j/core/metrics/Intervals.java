package org.pmf4j.core.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.pmf4j.core.data.Task;

/**
 * How far metrics depend on which rows happened to be measured. Accuracy has Wilson's interval, the
 * others that of the percentile bootstrap: they are measured on many draws of as many rows, with
 * replacement, and the middle 95 % of the values is the interval. Has no state: any thread may call
 * it.
 */
public final class Intervals {
  /** Draws of rows: more would not change the second digit of an interval. */
  static final int DRAWS = 1000;

  /** Fewer do not make an interval. */
  static final int FEWEST_DRAWS = 100;

  /** Exponentials that are computed in all, which takes some seconds. */
  private static final double WORK = 2e8;

  private Intervals() {}

  /**
   * Intervals of what was measured.
   *
   * @param outputs of each row
   * @param targets of each row
   * @param measured the metrics of these rows
   * @param seed of the draws: the same seed gives the same intervals
   * @return by metric, where there is an interval; but for accuracy none where rows times classes
   *     are too many to be measured a hundred times in seconds, or where most draws leave a metric
   *     undefined
   */
  public static Map<String, Interval> of(
      Task task,
      List<float[]> outputs,
      List<float[]> targets,
      Map<String, Double> measured,
      long seed) {
    int draws = draws(task, outputs.size());
    Map<String, List<Double>> values = new LinkedHashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (int d = 0; d < draws; d++) {
      Evaluation drawn = Evaluation.of(task);
      for (int i = 0; i < outputs.size(); i++) {
        int row = random.nextInt(outputs.size());
        drawn.add(outputs.get(row), targets.get(row));
      }
      drawn
          .result()
          .metrics()
          .forEach((name, v) -> values.computeIfAbsent(name, n -> new ArrayList<>()).add(v));
    }
    Map<String, Interval> intervals = new LinkedHashMap<>();
    measured.forEach(
        (name, value) -> {
          if (name.equals(Metric.ACCURACY.key())) {
            intervals.put(name, Interval.ofShare(value, outputs.size()));
          } else if (values.containsKey(name) && values.get(name).size() > draws / 2) {
            intervals.put(name, middle(values.get(name)));
          }
        });
    return intervals;
  }

  private static int draws(Task task, int rows) {
    double classes = task.labels().size();
    double row = task instanceof Task.SingleLabel ? classes * classes : classes;
    int draws = (int) Math.min(DRAWS, WORK / (rows * row));
    return draws < FEWEST_DRAWS ? 0 : draws;
  }

  private static Interval middle(List<Double> values) {
    Collections.sort(values);
    int last = values.size() - 1;
    return new Interval(
        values.get((int) Math.round(0.025 * last)), values.get((int) Math.round(0.975 * last)));
  }
}
