package org.pmf4j.bench.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmf4j.bench.machine.Provenance;
import org.pmf4j.bench.statistics.Spread;

/**
 * What a fitted model predicts, as it stands in {@code growth.json}. Immutable, so that any number
 * of threads may share it.
 *
 * @param origin where it comes from
 * @param files that were measured
 * @param fit to them
 * @param rows of a step, or of each executor where steps grow
 * @param link bytes a second of each machine's network
 * @param predictions by scenario and executors
 * @param bends by scenario
 */
public record Growth(
    Provenance origin,
    List<String> files,
    StepFit fit,
    int rows,
    double link,
    List<Prediction> predictions,
    List<Bend> bends) {
  /** How many executors are asked about. */
  public static final List<Integer> EXECUTORS = List.of(1, 2, 8, 64, 512);

  private static final long SEED = 1;

  /** What doubling must bring, of the 2 that it could. */
  private static final double WORTH = 1.5;

  private static final int MOST = 4096;

  /** Copies the lists. */
  public Growth {
    files = List.copyOf(files);
    predictions = List.copyOf(predictions);
    bends = List.copyOf(bends);
  }

  /**
   * A predicted step.
   *
   * @param scenario what the run does with more executors
   * @param executors that compute
   * @param rows of the step
   * @param seconds of it, by the formula
   * @param simulated seconds of it
   */
  public record Prediction(
      Scenario scenario, int executors, int rows, double seconds, Spread simulated) {
    /** By the simulation. */
    public double rowsPerSecond() {
      return rows / simulated.median();
    }
  }

  /**
   * Where more executors stop being worth it.
   *
   * @param scenario what the run does with more executors
   * @param executors from which on twice as many bring less than 1.5 times the rows a second, by
   *     the formula; null if no number up to 4,096 does, or steps have not so many rows
   */
  public record Bend(Scenario scenario, Integer executors) {}

  /** Asks a fit. */
  public static Growth of(
      StepFit fit, List<String> files, int rows, double link, Provenance origin) {
    Scenario.Run run = new Scenario.Run(rows, fit.parameterBytes(), link);
    List<Prediction> predictions = new ArrayList<>();
    List<Bend> bends = new ArrayList<>();
    for (Scenario scenario : Scenario.values()) {
      for (int executors : EXECUTORS) {
        scenario
            .of(executors, run)
            .map(step -> prediction(fit.model(), scenario, step))
            .ifPresent(predictions::add);
      }
      bends.add(new Bend(scenario, bend(fit.model(), scenario, run).orElse(null)));
    }
    return new Growth(origin, files, fit, rows, link, predictions, bends);
  }

  private static Prediction prediction(StepModel model, Scenario scenario, ClusterStep step) {
    return new Prediction(
        scenario,
        step.executors(),
        step.rows(),
        model.seconds(step),
        ClusterSimulation.seconds(model, step, SEED));
  }

  private static Optional<Integer> bend(StepModel model, Scenario scenario, Scenario.Run run) {
    for (int executors = 1; executors <= MOST; executors++) {
      Optional<ClusterStep> one = scenario.of(executors, run);
      Optional<ClusterStep> twice = scenario.of(2 * executors, run);
      if (one.isEmpty() || twice.isEmpty()) {
        return Optional.empty();
      }
      if (rate(model, twice.get()) < WORTH * rate(model, one.get())) {
        return Optional.of(executors);
      }
    }
    return Optional.empty();
  }

  private static double rate(StepModel model, ClusterStep step) {
    return step.rows() / model.seconds(step);
  }
}
