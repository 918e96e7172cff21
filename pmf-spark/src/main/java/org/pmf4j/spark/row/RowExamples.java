package org.pmf4j.spark.row;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.EncoderCells;
import org.pmf4j.core.data.Example;
import org.pmf4j.spark.hadoop.HadoopCellFiles;
import org.pmf4j.spark.hadoop.HadoopFile;

/**
 * Makes examples of rows, as a table's are made of its rows. A cell that names a file of another
 * file system than the local one is read here. For one thread at a time.
 */
public final class RowExamples {
  private final RowColumns read;
  private final Columns columns;
  private final EncoderCells cells;

  /**
   * Examples.
   *
   * @param read the columns
   * @param columns the same by name, for messages
   * @param modalities by encoder, what reads its cells
   * @param folder which relative paths start from; empty for the user's folder of the default file
   *     system
   */
  public RowExamples(
      RowColumns read,
      Columns columns,
      Map<String, Modality> modalities,
      String folder,
      Configuration hadoop) {
    this.read = read;
    this.columns = columns;
    this.cells =
        new EncoderCells(
            modalities, columns, HadoopCellFiles.in(folder, hadoop, HadoopFile::bytes));
  }

  /**
   * The example of a row.
   *
   * @param place of the row, for messages
   * @throws PmfException naming the place, and the column of what is wrong
   */
  public Example example(Row row, String place) {
    Map<String, Source> sources = new LinkedHashMap<>();
    read.of()
        .forEach((name, in) -> source(row, place, name, in).ifPresent(s -> sources.put(name, s)));
    if (sources.isEmpty()) {
      throw PmfException.input(
          place + ": the cells of all encoders are null or blank; a row needs one at least");
    }
    return new Example(place, sources, Optional.empty(), columns);
  }

  private Optional<Source> source(Row row, String place, String encoder, List<ReadColumn> in) {
    try {
      Map<String, Cell> found = new LinkedHashMap<>();
      in.forEach(column -> found.put(column.name(), column.cell(row)));
      if (found.values().stream().allMatch(Cell::isBlank)) {
        return Optional.empty();
      }
      return Optional.of(cells.source(encoder, found, place + ", " + encoder));
    } catch (PmfException e) {
      throw new PmfException(e.kind(), place + ", " + named(in) + ": " + e.getMessage(), e);
    }
  }

  private static String named(List<ReadColumn> in) {
    String names = String.join(", ", in.stream().map(c -> Quote.name(c.name())).toList());
    return (in.size() == 1 ? "column " : "columns ") + names;
  }

  /** Where a row stands: a partition has no file, but an order. */
  public static String place(int partition, long row) {
    return String.format(Locale.ROOT, "partition %d row %d", partition, row);
  }
}
