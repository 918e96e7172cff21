package org.pmf4j.core.metrics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.statistics.Bootstrap;
import org.pmf4j.core.statistics.ConfidenceInterval;
import org.pmf4j.core.statistics.Proportion;

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
  public static Map<String, ConfidenceInterval> of(
      Task task,
      List<float[]> outputs,
      List<float[]> targets,
      Map<String, Double> measured,
      long seed) {
    Map<String, ConfidenceInterval> intervals = new LinkedHashMap<>();
    int draws = draws(task, outputs.size());
    Map<String, double[]> values =
        draws == 0 ? Map.of() : values(task, outputs, targets, measured.keySet(), draws, seed);
    measured.forEach(
        (name, value) -> {
          if (name.equals(Metric.ACCURACY.key())) {
            long right = Math.round(value * outputs.size());
            intervals.put(name, new Proportion(right, outputs.size()).wilson());
          } else if (values.containsKey(name) && defined(values.get(name)) > draws / 2) {
            intervals.put(name, Bootstrap.interval(values.get(name)));
          }
        });
    return intervals;
  }

  private static Map<String, double[]> values(
      Task task,
      List<float[]> outputs,
      List<float[]> targets,
      Set<String> names,
      int draws,
      long seed) {
    Bootstrap bootstrap = new Bootstrap(outputs.size(), draws, seed);
    Map<String, double[]> values = new LinkedHashMap<>();
    names.forEach(name -> values.put(name, new double[draws]));
    IntStream.range(0, draws)
        .parallel()
        .forEach(
            d -> {
              Evaluation drawn = Evaluation.of(task);
              for (int row : bootstrap.draw(d)) {
                drawn.add(outputs.get(row), targets.get(row));
              }
              Map<String, Double> metrics = drawn.result().metrics();
              values.forEach((name, all) -> all[d] = metrics.getOrDefault(name, Double.NaN));
            });
    return values;
  }

  private static long defined(double... values) {
    return Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
  }

  private static int draws(Task task, int rows) {
    double classes = task.labels().size();
    double row = task instanceof Task.SingleLabel ? classes * classes : classes;
    int draws = (int) Math.min(DRAWS, WORK / (rows * row));
    return draws < FEWEST_DRAWS ? 0 : draws;
  }
}
