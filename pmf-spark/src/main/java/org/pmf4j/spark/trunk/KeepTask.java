package org.pmf4j.spark.trunk;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.row.RowExamples;

/**
 * Computes and keeps what is missing of the trunk outputs of each partition's rows, on an executor.
 * Immutable, so that any number of threads may share it.
 *
 * @param keepers opens what keeps
 * @param hadoop where encoders and files are read, and entries written
 * @param rows counts rows, in Spark's pages
 * @param computed counts samples that were not kept
 * @param <R> how a row comes
 */
public record KeepTask<R>(
    Keepers<R> keepers,
    Broadcast<HadoopSettings> hadoop,
    LongAccumulator rows,
    LongAccumulator computed)
    implements ForeachPartitionFunction<R>, VoidFunction<Iterator<R>> {

  /**
   * What opens a keeper on an executor.
   *
   * @param <R> how a row comes
   */
  @FunctionalInterface
  public interface Keepers<R> extends Serializable {
    /**
     * Opens one for a task, which closes it.
     *
     * @throws org.pmf4j.api.error.PmfException if it cannot be opened here
     */
    RowKeeper<R> open(HadoopSettings hadoop);
  }

  @Override
  public void call(Iterator<R> partition) {
    if (!partition.hasNext()) {
      return; // it opens no encoder
    }
    TaskContext task = TaskContext.get();
    try (RowKeeper<R> keeper = keepers.open(hadoop.value())) {
      long row = 0;
      while (partition.hasNext()) {
        if (task.isInterrupted()) {
          return; // what is kept stays
        }
        computed.add(keeper.keep(partition.next(), RowExamples.place(task.partitionId(), ++row)));
        rows.add(1);
      }
    }
  }
}
