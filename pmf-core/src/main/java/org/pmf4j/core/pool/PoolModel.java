package org.pmf4j.core.pool;

import java.util.Set;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.AdapterConfig;

/**
 * A model of a pool, as far as who asks it must know it. Immutable, so that any number of threads
 * may share it.
 *
 * @param name by which it is asked
 * @param version counts from 1 how often a model was loaded under this name
 * @param config what was saved of it
 * @param task what its outputs mean
 * @param modalities what each of its modalities reads, in order
 * @param required modalities without which it answers nothing
 */
public record PoolModel(
    String name,
    int version,
    AdapterConfig config,
    Task task,
    Named<Modality> modalities,
    Set<String> required) {}
