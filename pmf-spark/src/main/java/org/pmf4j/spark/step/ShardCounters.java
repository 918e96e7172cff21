package org.pmf4j.spark.step;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.util.DoubleAccumulator;
import org.apache.spark.util.LongAccumulator;

/**
 * What tasks count of their shards, in Spark's pages and for its listeners. Immutable, so that any
 * number of threads may share it.
 *
 * @param samples rows
 * @param loss the sum of their losses
 * @param unpackMs milliseconds in which the parameters came and were unpacked
 * @param computeMs milliseconds of reading rows and computing gradients
 */
public record ShardCounters(
    LongAccumulator samples,
    DoubleAccumulator loss,
    LongAccumulator unpackMs,
    LongAccumulator computeMs)
    implements Serializable {
  static final String UNPACK = "ms for the parameters to come";
  static final String COMPUTE = "ms of computing gradients";

  /** Counters of a run, at zero. */
  public static ShardCounters in(SparkContext context) {
    return new ShardCounters(
        context.longAccumulator("samples"),
        context.doubleAccumulator("sum of their losses"),
        context.longAccumulator(UNPACK),
        context.longAccumulator(COMPUTE));
  }
}
