package org.pmf4j.bench.growth;

import java.util.List;

/**
 * A step that executors computed, as the listener of {@code pmf-spark} wrote it; milliseconds.
 * Immutable, so that any number of threads may share it.
 *
 * @param step counted from 1 in its run
 * @param epoch counted from 1
 * @param rows of all shards
 * @param parameterBytes that each executor got
 * @param broadcastMs in which the driver packed them, before the job
 * @param slots tasks that could run at once
 * @param beganMs when the job began, since 1970
 * @param tookMs from its begin to its end
 * @param failedTasks that were computed anew
 * @param tasks of all shards, in the order in which they ended
 */
public record MeasuredStep(
    long step,
    long epoch,
    int rows,
    long parameterBytes,
    long broadcastMs,
    int slots,
    long beganMs,
    long tookMs,
    int failedTasks,
    List<Task> tasks) {
  /** Copies the list. */
  public MeasuredStep {
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
  }

  /**
   * A shard's task; times are since the job began.
   *
   * @param shard counted from 0
   * @param launchedMs when the driver sent it
   * @param finishedMs when the driver had its result
   * @param gettingMs in which the driver fetched and unpacked the result
   * @param deserializeMs in which the executor unpacked the task
   * @param runMs in which it ran, result included
   * @param serializeMs in which the executor packed the result
   * @param unpackMs in which the parameters came and were unpacked, a part of {@code runMs}
   * @param computeMs in which gradients were computed, a part of {@code runMs}
   * @param resultBytes that went to the driver
   */
  public record Task(
      int shard,
      long launchedMs,
      long finishedMs,
      long gettingMs,
      long deserializeMs,
      long runMs,
      long serializeMs,
      long unpackMs,
      long computeMs,
      long resultBytes) {
    /** All on the executor that is neither parameters nor gradients: the task, and its result. */
    double handlingMs() {
      return deserializeMs + runMs - unpackMs - computeMs + serializeMs;
    }
  }

  int shards() {
    return tasks.size();
  }

  /** From packing the parameters to the last result. */
  double wholeMs() {
    return broadcastMs + tookMs;
  }

  double rowsOfShard() {
    return (double) rows / shards();
  }

  /** When the last task's result was there. */
  double lastFinishedMs() {
    return tasks.stream().mapToDouble(Task::finishedMs).max().orElse(0);
  }
}
