package org.pmf4j.core.run;

import java.util.Map;
import org.pmf4j.api.tensor.HostTensor;

/**
 * What a shard adds to a step. Immutable, so that any number of threads may share it.
 *
 * @param loss the mean loss of its rows
 * @param gradients of the loss, times the shard's share in the step, by the names of the trained
 *     parameters
 */
public record ShardGradients(double loss, Map<String, HostTensor> gradients) {}
