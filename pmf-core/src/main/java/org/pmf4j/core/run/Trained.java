package org.pmf4j.core.run;

import java.util.Optional;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.training.Trainer;

/**
 * What training came to.
 *
 * @param outcome epochs and steps
 * @param scores of the saved weights on the validation rows, if there are any
 * @param trunkSeconds that the trunks of all rows took before it
 * @param seconds that it took
 */
record Trained(
    Trainer.Outcome outcome,
    Optional<EvaluationResult> scores,
    double trunkSeconds,
    double seconds) {}
