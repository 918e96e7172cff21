package org.pmf4j.duckdb;

import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.table.TableFormat;
import org.pmf4j.api.table.TableRequest;
import org.pmf4j.api.table.TableRows;

/** Parquet files. */
final class ParquetFormat implements TableFormat {
  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public String description() {
    return "Parquet files, with pictures and sounds as bytes, or as the datasets library has them";
  }

  @Override
  public List<String> endings() {
    return List.of(".parquet", ".pq");
  }

  @Override
  public TableRows open(TableRequest request) {
    request.requireNoQuery();
    Path file = Path.of(request.location());
    ParquetFile.check(file);
    String scan = "read_parquet(" + Sql.text(Sql.oneFile(file)) + ", hive_partitioning = false)";
    Database database = Database.inMemory(file.toString(), Database.Trouble.DAMAGED);
    return database.rows(scan, request);
  }
}
