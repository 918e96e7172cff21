package org.pmf4j.spark.predict;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.TaskCompletionListener;
import org.pmf4j.core.data.Columns;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.ModelPlace;
import org.pmf4j.spark.executor.OpenModel;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.row.ReadNames;
import org.pmf4j.spark.row.RowColumns;
import org.pmf4j.spark.row.RowExamples;

/**
 * Predicts the rows of each partition with the model of the executor. Each task has a copy of its
 * own, for one thread at a time.
 *
 * @param model which model
 * @param engine what computes it
 * @param batchSize rows that are computed at once, at most
 * @param columns by name, for messages and for modalities that read several
 * @param read the same by position
 * @param folder which relative paths start from; may be empty
 * @param outputs what is told of rows
 * @param keepsBadRows whether a row that cannot be predicted is told of, and fails no job
 * @param predicted counts rows, in Spark's pages
 * @param refused counts those without a prediction
 */
public record PredictionTask(
    ModelPlace model,
    Engine engine,
    int batchSize,
    ReadNames columns,
    RowColumns read,
    String folder,
    OutputColumns outputs,
    boolean keepsBadRows,
    Broadcast<HadoopSettings> hadoop,
    LongAccumulator predicted,
    LongAccumulator refused)
    implements MapPartitionsFunction<Row, Row> {

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows; // an empty partition opens no model
    }
    HadoopSettings settings = hadoop.value();
    Lease<WithEngine<OpenModel>> lease = OpenModel.lease(model, engine, batchSize, settings);
    OpenModel open = lease.get().get();
    TaskCompletionListener end = task -> lease.close();
    TaskContext.get().addTaskCompletionListener(end);
    Columns named = columns.columns();
    RowExamples examples =
        new RowExamples(read, named, open.kinds().asMap(), folder, settings.configuration());
    return new PredictedPartition(rows, examples, open.classifier(), this);
  }

  void count(long rows, long without) {
    predicted.add(rows - without);
    refused.add(without);
  }
}
