package org.pmf4j.spark.train;

import java.io.Serializable;
import org.pmf4j.core.run.ShardGradients;

/**
 * What a shard comes to, on its way back. Immutable, so that any number of threads may share it.
 *
 * @param number of the shard in its step
 * @param loss the mean loss of its rows
 * @param gradients by parameter
 */
record SentGradients(int number, double loss, SentTensors gradients) implements Serializable {
  ShardGradients gradientsOfShard() {
    return new ShardGradients(loss, gradients.tensors());
  }
}
