package org.pmf4j.spark.step;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.spark.SparkContext;

/**
 * What the driver knows of a step before its job begins, and listeners of Spark get with the job.
 * Immutable, so that any number of threads may share it.
 *
 * @param step counted from 1 in this run
 * @param epoch counted from 1
 * @param rows of all shards
 * @param parameterBytes that each executor gets
 * @param broadcastMs milliseconds in which the driver has packed them
 */
public record StepFacts(long step, long epoch, long rows, long parameterBytes, long broadcastMs) {
  private static final String PREFIX = "pmf.step.";

  /** By name, in order. */
  Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    all.put("step", step);
    all.put("epoch", epoch);
    all.put("rows", rows);
    all.put("parameterBytes", parameterBytes);
    all.put("broadcastMs", broadcastMs);
    return all;
  }

  /** Gives them to the jobs that this thread starts from now on. */
  public void give(SparkContext context) {
    all().forEach((name, value) -> context.setLocalProperty(PREFIX + name, value.toString()));
  }

  /** Gives the jobs of this thread no such facts any more. */
  public static void clear(SparkContext context) {
    new StepFacts(0, 0, 0, 0, 0)
        .all()
        .keySet()
        .forEach(name -> context.setLocalProperty(PREFIX + name, null));
  }

  /** Those of a job; empty if it is no step. */
  static Optional<StepFacts> of(Properties job) {
    if (job == null || job.getProperty(PREFIX + "step") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new StepFacts(
            number(job, "step"),
            number(job, "epoch"),
            number(job, "rows"),
            number(job, "parameterBytes"),
            number(job, "broadcastMs")));
  }

  private static long number(Properties job, String name) {
    return Long.parseLong(job.getProperty(PREFIX + name));
  }
}
