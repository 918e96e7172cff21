package org.pmf4j.core.pretrain;

import java.nio.file.Path;
import java.util.Map;
import org.pmf4j.core.training.Trainer;

/**
 * What pretraining came to. Immutable, so that any number of threads may share it.
 *
 * @param encoder its directory
 * @param parameters number of its weights, all of which were trained
 * @param outcome epochs and steps
 * @param validation metrics of the saved weights; empty without validation data
 * @param seconds it took
 */
public record PretrainReport(
    Path encoder,
    long parameters,
    Trainer.Outcome outcome,
    Map<String, Double> validation,
    double seconds) {}
