package org.pmf4j.bench.growth;

/**
 * A step that a cluster would take. Immutable, so that any number of threads may share it.
 *
 * @param executors that compute one shard at a time, each on a machine of its own
 * @param shards of the step
 * @param rows of the step
 * @param parameterBytes that each executor gets, and sends back of each shard
 * @param linkBytes bytes a second that a machine's network takes in, and sends, at once
 * @param gathering how gradients are added up
 * @param localSteps steps that executors take on their own before anything is exchanged; 1 for none
 */
public record ClusterStep(
    int executors,
    int shards,
    int rows,
    long parameterBytes,
    double linkBytes,
    Gathering gathering,
    int localSteps) {
  /** Bytes that Spark's broadcast cuts parameters into, for executors to pass on. */
  private static final double BLOCK = 4 << 20;

  /** Checks the numbers. */
  public ClusterStep {
    if (executors < 1 || shards < 1 || rows < shards || localSteps < 1 || !(linkBytes > 0)) {
      throw new IllegalArgumentException("no step of a cluster");
    }
  }

  /** A step as PMF takes it, with a shard for each executor. */
  public static ClusterStep of(int executors, int rows, long parameterBytes, double linkBytes) {
    return new ClusterStep(
        executors, executors, rows, parameterBytes, linkBytes, new Gathering.ByDriver(), 1);
  }

  /** The same, added up otherwise. */
  public ClusterStep gathered(Gathering how) {
    return new ClusterStep(executors, shards, rows, parameterBytes, linkBytes, how, localSteps);
  }

  /** The same, exchanged more seldom. */
  public ClusterStep local(int steps) {
    return new ClusterStep(executors, shards, rows, parameterBytes, linkBytes, gathering, steps);
  }

  double rowsOfShard() {
    return (double) rows / shards;
  }

  /** Seconds in which the network passes on all parameters, or all gradients of a shard. */
  double transfer() {
    return parameterBytes / linkBytes;
  }

  int blocks() {
    return (int) Math.max(1, Math.ceil(parameterBytes / BLOCK));
  }

  double blockTransfer() {
    return transfer() / blocks();
  }
}
