package org.pmf4j.core.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.core.metrics.EvaluationResult;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.probe.ProbeComparison;
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
 * @param trunkSeconds before training, of computing what is kept of the frozen layers for all rows;
 *     near 0 where it was kept before, 0 where nothing is kept
 * @param seconds of training, validation included, probes not
 * @param probes what linear probes of the encoders reach on the same validation rows, where they
 *     were fitted
 */
public record TrainReport(
    Path model,
    AdapterConfig config,
    Trainer.Outcome outcome,
    Map<String, Integer> patterns,
    Optional<EvaluationResult> validation,
    double trunkSeconds,
    double seconds,
    Optional<ProbeComparison> probes) {

  /** The same with what probes reach. */
  TrainReport with(ProbeComparison compared) {
    return new TrainReport(
        model, config, outcome, patterns, validation, trunkSeconds, seconds, Optional.of(compared));
  }
}
