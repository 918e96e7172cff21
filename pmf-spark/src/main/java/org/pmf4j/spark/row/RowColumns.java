package org.pmf4j.spark.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.core.data.CellSource;
import org.pmf4j.core.data.Columns;

/**
 * The columns that encoders read of a table of Spark's. Immutable, so that any number of threads
 * may share it.
 *
 * @param of by encoder, in order
 */
public record RowColumns(Map<String, List<ReadColumn>> of) implements Serializable {
  /**
   * Finds them.
   *
   * @param encoders the names of all encoders, in order
   * @throws PmfException naming the column that is not there, and those that are, or is of a type
   *     that no encoder reads
   */
  public static RowColumns in(StructType table, List<String> encoders, Columns columns) {
    columns.requireFit(encoders);
    List<String> names = Arrays.asList(table.fieldNames());
    Map<String, List<ReadColumn>> all = new LinkedHashMap<>();
    for (String encoder : encoders) {
      List<ReadColumn> read = new ArrayList<>();
      for (String column : columns.of(encoder)) {
        int at = names.indexOf(column);
        if (at < 0) {
          throw PmfException.input(
              String.format(
                  Locale.ROOT,
                  "the table has no column %s, which encoder %s reads; it has %s",
                  Quote.name(column),
                  Quote.name(encoder),
                  String.join(", ", names.stream().map(Quote::name).toList())));
        }
        DataType type = table.fields()[at].dataType();
        ColumnKind kind =
            ColumnKind.of(type).orElseThrow(() -> wrong(column, type, encoder, "no encoder reads"));
        read.add(new ReadColumn(column, at, kind));
      }
      all.put(encoder, List.copyOf(read));
    }
    return new RowColumns(all);
  }

  /**
   * Refuses columns of types that their encoders' modalities do not read.
   *
   * @param table whose columns these are
   * @param kinds by encoder, what reads its cells, as far as it is known
   * @throws PmfException naming the first
   */
  public void requireFit(StructType table, Map<String, Modality> kinds) {
    kinds.forEach(
        (encoder, modality) -> {
          boolean files = new CellSource(modality, java.nio.file.Path.of("")).readsFiles();
          for (ReadColumn column : of.get(encoder)) {
            if (files ? !column.kind().isFile() : !column.kind().isText()) {
              String reads = files ? "reads files: a string or binary column" : "reads texts";
              throw wrong(
                  column.name(),
                  table.fields()[column.at()].dataType(),
                  encoder,
                  "does not fit: its modality " + modality.name() + " " + reads);
            }
          }
        });
  }

  private static PmfException wrong(String column, DataType type, String encoder, String why) {
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "column %s of encoder %s has the type %s, which %s",
            Quote.name(column),
            Quote.name(encoder),
            type.catalogString(),
            why));
  }
}
