package org.pmf4j.cli.option;

import org.pmf4j.core.data.TableLocation;
import picocli.CommandLine.Option;

/** The table that a command works on. For one thread at a time. */
public final class TableOption {
  /** What is read as a table. */
  public static final String KINDS =
      "CSV, TSV, JSON, JSON lines (each also .gz), Parquet, a folder of classes or with a"
          + " metadata.csv, or a DuckDB database";

  /** What a database is asked by. */
  static final String QUERY =
      "what --data is asked, where it is a .duckdb file or a URL jdbc:duckdb:FILE";

  @Option(
      names = "--data",
      paramLabel = "TABLE",
      description = "table: " + KINDS + "; - is standard input")
  private String data;

  @Option(names = "--query", paramLabel = "SQL", description = QUERY)
  private String query;

  /** The table; null where none is named. */
  public TableLocation location() {
    return data == null ? null : TableLocation.once(data, query);
  }
}
