package org.pmf4j.bench.methods.result;

import org.pmf4j.bench.methods.work.EvaluateTask;
import org.pmf4j.bench.methods.work.TrainTask;

/**
 * What came of a cell. Immutable, so that any number of threads may share it.
 *
 * @param definition what was trained
 * @param error why it failed, in one line; null if it did not
 * @param training what training came to; null if it failed
 * @param inference what evaluation found; null if it failed
 */
public record CellResult(
    Definition definition,
    String error,
    TrainTask.Trained training,
    EvaluateTask.Evaluated inference) {

  /** A cell that was trained and measured. */
  public static CellResult of(
      Definition definition, TrainTask.Trained training, EvaluateTask.Evaluated inference) {
    return new CellResult(definition, null, training, inference);
  }

  /** A cell that failed. */
  public static CellResult failed(Definition definition, String error) {
    return new CellResult(definition, error, null, null);
  }

  /** Whether it failed. */
  public boolean hasFailed() {
    return error != null;
  }

  /** A metric of the saved weights; NaN where the data do not define it. */
  public double metric(String key) {
    return inference.metrics().getOrDefault(key, Double.NaN);
  }
}
