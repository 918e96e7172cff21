package org.pmf4j.core.pool;

/**
 * How full a pool is at a moment. Immutable, so that any number of threads may share it.
 *
 * @param accepted records that are accepted and not answered
 * @param waiting those of them that wait, prepared, for their batch
 * @param models how many there are
 * @param encoders how many frozen encoders they share
 * @param cachedBytes of trunk outputs
 */
public record PoolState(int accepted, int waiting, int models, int encoders, long cachedBytes) {}
