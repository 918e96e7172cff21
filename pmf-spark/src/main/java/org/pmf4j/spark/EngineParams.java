package org.pmf4j.spark;

import java.io.Serializable;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.pmf4j.spark.executor.Engine;

/**
 * The choice of an engine, as a stage of Spark's has it. Immutable, as the parameters are; their
 * values are the stage's.
 *
 * @param backend its name
 * @param device of it
 * @param threads of one operation
 */
record EngineParams(Param<String> backend, Param<String> device, IntParam threads)
    implements Serializable {
  /** Those of a stage. */
  static EngineParams of(Params stage) {
    return new EngineParams(
        new Param<>(stage, "backend", "the engine that computes"),
        new Param<>(stage, "device", "cpu, cuda, or auto"),
        new IntParam(stage, "threads", "of one operation; 0 for spark.task.cpus"));
  }

  /** What was chosen, or the default of each. */
  Engine engine(Params stage) {
    return new Engine(
        stage.getOrDefault(backend), stage.getOrDefault(device), (int) stage.getOrDefault(threads));
  }
}
