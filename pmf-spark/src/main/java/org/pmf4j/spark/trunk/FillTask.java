package org.pmf4j.spark.trunk;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.Example;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.row.ReadNames;
import org.pmf4j.spark.row.RowColumns;
import org.pmf4j.spark.row.RowExamples;

/**
 * Computes and keeps the trunk outputs of each partition's rows that are not kept yet. Immutable;
 * each task has a copy of its own.
 *
 * @param setup which encoders
 * @param engine what computes them
 * @param cache folder of all caches, on any Hadoop file system
 * @param columns by name, for messages and for modalities that read several
 * @param read the same by position
 * @param folder which relative paths start from; may be empty
 * @param rows counts rows, in Spark's pages
 * @param computed counts samples that were not kept
 */
record FillTask(
    TrunkSetup setup,
    Engine engine,
    String cache,
    ReadNames columns,
    RowColumns read,
    String folder,
    Broadcast<HadoopSettings> hadoop,
    LongAccumulator rows,
    LongAccumulator computed)
    implements ForeachPartitionFunction<Row> {

  @Override
  public void call(Iterator<Row> partition) {
    if (!partition.hasNext()) {
      return; // it opens no encoder
    }
    HadoopSettings settings = hadoop.value();
    Columns named = columns.columns();
    TaskContext task = TaskContext.get();
    try (Lease<OpenTrunks> open = OpenTrunks.lease(setup, engine, cache, settings)) {
      RowExamples examples =
          new RowExamples(
              read, named, open.get().kinds().asMap(), folder, settings.configuration());
      long row = 0;
      while (partition.hasNext()) {
        if (task.isInterrupted()) {
          return; // what is kept stays
        }
        String place = RowExamples.place(task.partitionId(), ++row);
        Example example = examples.example(partition.next(), place);
        computed.add(open.get().trunks().keep(example));
        rows.add(1);
      }
    }
  }
}
