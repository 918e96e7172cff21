package org.pmf4j.spark.trunk;

import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.progress.Progress.Bar;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.progress.CountedRows;
import org.pmf4j.spark.row.ReadNames;
import org.pmf4j.spark.row.RowColumns;

/**
 * One filling of caches by the rows of a table, as one job. Immutable, so that any number of
 * threads may share it.
 *
 * @param setup which encoders
 * @param engine what computes them
 * @param cache folder of all caches, on any Hadoop file system
 * @param columns that are read
 * @param folder which relative paths start from; may be empty
 */
public record TrunkFilling(
    TrunkSetup setup, Engine engine, String cache, Columns columns, String folder) {
  private static final String ROWS = "rows encoded";

  /**
   * What a filling came to.
   *
   * @param rows of the table
   * @param computed samples that had not been kept; more where Spark has tried a task twice
   */
  public record Filled(long rows, long computed) {}

  /**
   * Computes what is missing; what is kept when it fails or is cut stays, and is not computed
   * again.
   *
   * @param progress of rows; where it shows them, they are counted first
   * @throws Exception as Spark throws it
   */
  public Filled run(Dataset<Row> table, RowColumns read, Progress progress) throws Exception {
    SparkContext context = table.sparkSession().sparkContext();
    LongAccumulator rows = context.longAccumulator(ROWS);
    LongAccumulator computed = context.longAccumulator("samples computed");
    Broadcast<HadoopSettings> hadoop =
        new JavaSparkContext(context).broadcast(HadoopSettings.of(context.hadoopConfiguration()));
    long all = progress == Progress.SILENT ? Progress.UNKNOWN : table.count();
    Bar bar = progress.begin("encode", all, "rows");
    try (CountedRows shown = new CountedRows(context, bar, Set.of(ROWS))) {
      table.foreachPartition(
          new KeepTask<>(
              new TableKeepers(setup, engine, cache, ReadNames.of(columns), read, folder),
              hadoop,
              rows,
              computed));
      shown.ended(rows.value());
      return new Filled(rows.value(), computed.value());
    } finally {
      hadoop.destroy();
    }
  }
}
