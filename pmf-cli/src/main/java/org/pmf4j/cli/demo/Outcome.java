package org.pmf4j.cli.demo;

import java.util.List;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.metrics.Metric;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.TrainingListener;

/**
 * What became of one way to answer the questions.
 *
 * @param name for tables
 * @param training what training came to
 * @param epochs how it went
 * @param test the rows of the test split
 * @param predictions what it says of them
 * @param scores how good that is
 */
record Outcome(
    String name,
    TrainReport training,
    List<TrainingListener.Epoch> epochs,
    List<Example> test,
    List<Prediction> predictions,
    EvaluationResult scores) {

  double accuracy() {
    return scores.value(Metric.ACCURACY);
  }

  /** Trained weights as a share of all, 0 to 1. */
  double share() {
    return (double) training.config().trainableParameters() / training.config().totalParameters();
  }
}
