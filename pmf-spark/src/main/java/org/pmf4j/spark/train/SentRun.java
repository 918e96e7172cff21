package org.pmf4j.spark.train;

import java.io.Serializable;
import java.util.LinkedHashMap;
import org.pmf4j.core.run.ShardSetup;
import org.pmf4j.spark.executor.Engine;

/**
 * A run as executors are to take part in it. Immutable, so that any number of threads may share it.
 *
 * @param id differs from that of every other run
 * @param engine that computes
 * @param setup of the run
 * @param encoders by name, their places on any Hadoop file system
 * @param caches folder of all caches of trunk outputs, on any Hadoop file system
 */
record SentRun(
    String id,
    Engine engine,
    ShardSetup setup,
    LinkedHashMap<String, String> encoders,
    String caches)
    implements Serializable {}
