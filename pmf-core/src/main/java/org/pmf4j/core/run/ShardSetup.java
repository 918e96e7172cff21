package org.pmf4j.core.run;

import java.util.Map;
import org.pmf4j.core.training.Loss;

/**
 * What a place must know that computes gradients for a run, beside shards and the parameters'
 * values. Immutable, so that any number of threads may share it.
 *
 * @param config of the run, with nothing left open
 * @param encoders by modality, the fingerprints of their directories
 * @param outputs number of logits
 * @param loss that compares them with targets
 * @param trainingRows number of rows that are trained on
 */
public record ShardSetup(
    TrainConfig config, Map<String, String> encoders, int outputs, Loss loss, long trainingRows) {}
