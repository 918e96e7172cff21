package org.pmf4j.spark.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.spark.Failures;
import picocli.CommandLine.Option;

/** Which table is read, and how. */
final class TableOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "PLACE",
      description = "table on any Hadoop file system; may be repeated")
  private List<String> data;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description =
          "a source of Spark, such as csv, json, parquet, orc, binaryFile or image"
              + " (default: as the name ends, else parquet)")
  private String format;

  @Option(
      names = "--column",
      paramLabel = "NAME=COLUMN[,COLUMN...]",
      description = "column that an encoder reads (default: that of its name)")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--folder",
      paramLabel = "PLACE",
      description = "where relative paths in cells start (default: the folder of the table)")
  private String folder;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "cut the table into so many parts, each of which is a task")
  private Integer partitions;

  Map<String, String> columns() {
    return columns;
  }

  String folder() {
    if (folder != null) {
      return folder;
    }
    int slash = data.get(0).lastIndexOf('/');
    return slash < 0 ? "" : data.get(0).substring(0, slash + 1);
  }

  Dataset<Row> table(SparkSession spark) {
    try {
      Dataset<Row> table =
          spark
              .read()
              .format(format())
              .option("header", "true")
              .option("multiLine", format().equals("csv"))
              .option("escape", "\"")
              .load(data.toArray(String[]::new));
      return partitions == null ? table : table.repartition(partitions);
    } catch (Exception e) {
      throw PmfException.input(
          String.join(", ", data) + ": cannot be read: " + Failures.line(e), e);
    }
  }

  private String format() {
    if (format != null) {
      return format;
    }
    String name = data.get(0).toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
      return "csv";
    }
    return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? "json" : "parquet";
  }
}
