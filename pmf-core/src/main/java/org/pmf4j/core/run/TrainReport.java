package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.training.Trainer;

/**
 * What training came to. Immutable, so that any number of threads may share it.
 *
 * @param model the saved model's directory
 * @param config what was saved of it
 * @param outcome epochs and steps
 * @param patterns where training rows lacked modalities, how many there were of each pattern of
 *     what was there; else empty
 * @param validation scores of the saved weights, if there was validation data
 * @param seconds of training, validation included
 */
public record TrainReport(
    Path model,
    AdapterConfig config,
    Trainer.Outcome outcome,
    Map<String, Integer> patterns,
    Optional<EvaluationResult> validation,
    double seconds) {}
