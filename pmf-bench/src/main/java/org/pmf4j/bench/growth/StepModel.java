package org.pmf4j.bench.growth;

/**
 * What the parts of a step take: seconds, or seconds for each byte of the parameters. The network
 * is none of them, since machines that are measured may have none between them. Immutable, so that
 * any number of threads may share it.
 *
 * @param step of the job that a step is, whatever it has to do: planning, messages
 * @param task in which the driver sends one task
 * @param shard of a shard on its executor, whatever its rows
 * @param row of each of its rows
 * @param spread standard deviation of the logarithm of a shard's time, by which some straggle
 * @param handling in which an executor unpacks a task and packs its result
 * @param packByte in which the driver packs the parameters
 * @param unpackByte in which an executor unpacks them
 * @param resultByte in which a thread of the driver unpacks the gradients of a shard
 * @param addByte in which the driver adds the gradients of a shard
 * @param update between steps: the optimizer, the next rows
 */
public record StepModel(
    double step,
    double task,
    double shard,
    double row,
    double spread,
    double handling,
    double packByte,
    double unpackByte,
    double resultByte,
    double addByte,
    double update) {
  /**
   * Threads of Spark's driver that fetch and unpack results ({@code spark.resultGetter.threads}).
   */
  static final int GETTERS = 4;

  /** Seconds of a shard of so many rows, on its executor, without what makes some straggle. */
  double compute(double rows) {
    return shard + row * rows;
  }

  /**
   * Seconds of a step, from the packing of the parameters until the next may begin, by a formula:
   * the parts one after the other, but for results that come while others are computed. Of a step
   * with local ones the share of each.
   */
  public double seconds(ClusterStep s) {
    return new StepFormula(this, s).seconds();
  }
}
