package org.pmf4j.spark.trunk;

import org.apache.spark.sql.Row;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Shared.Lease;
import org.pmf4j.spark.executor.WithEngine;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.row.ReadNames;
import org.pmf4j.spark.row.RowColumns;
import org.pmf4j.spark.row.RowExamples;

/**
 * Opens the encoders that a table's rows are kept of. Immutable, so that any number of threads may
 * share it.
 *
 * @param setup which encoders
 * @param engine what computes them
 * @param cache folder of all caches, on any Hadoop file system
 * @param columns by name, for messages and for modalities that read several
 * @param read the same by position
 * @param folder which relative paths start from; may be empty
 */
record TableKeepers(
    TrunkSetup setup,
    Engine engine,
    String cache,
    ReadNames columns,
    RowColumns read,
    String folder)
    implements KeepTask.Keepers<Row> {

  @Override
  public RowKeeper<Row> open(HadoopSettings hadoop) {
    Lease<WithEngine<OpenTrunks>> lease = OpenTrunks.lease(setup, engine, cache, hadoop);
    OpenTrunks open = lease.get().get();
    RowExamples examples =
        new RowExamples(
            read, columns.columns(), open.kinds().asMap(), folder, hadoop.configuration());
    return new RowKeeper<>() {
      @Override
      public int keep(Row row, String place) {
        return open.trunks().keep(examples.example(row, place));
      }

      @Override
      public void close() {
        lease.close();
      }
    };
  }
}
