package org.pmf4j.spark.train;

import java.util.Iterator;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.hadoop.HadoopSettings;

/**
 * Computes and keeps what is missing of rows' trunk outputs, on an executor. Immutable, so that any
 * number of threads may share it.
 *
 * @param run whose rows they are
 * @param hadoop where encoders are read, and entries written
 * @param kept counts rows
 * @param computed counts samples that were not kept
 */
record KeepTask(
    Broadcast<SentRun> run,
    Broadcast<HadoopSettings> hadoop,
    LongAccumulator kept,
    LongAccumulator computed)
    implements VoidFunction<Iterator<SentShard.SentRow>> {
  @Override
  public void call(Iterator<SentShard.SentRow> rows) {
    try (Lease<OpenRun> open = OpenRun.lease(run.value(), hadoop.value())) {
      while (rows.hasNext()) {
        computed.add(open.get().computer().keep(rows.next().example()));
        kept.add(1);
      }
    }
  }
}
