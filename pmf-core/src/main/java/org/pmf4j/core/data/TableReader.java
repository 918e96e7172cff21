package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;

/**
 * Reads tables. Immutable, so that any number of threads may share it.
 *
 * @param formats that plugins offer, beside CSV and JSON
 * @param options how tables are read
 * @param scratch folder for a temporary file, where cells hold more bytes than belong in memory
 */
public record TableReader(TableFormats formats, TableOptions options, Path scratch) {
  /** How many bytes of cells stay in memory, of each table. */
  private static final long IN_MEMORY = 32L << 20;

  private static final int SHOWN = 20;

  /** CSV and JSON with columns of the encoders' names. */
  public static final TableReader DEFAULT = of(TableFormats.NONE, TableOptions.DEFAULT);

  /** A reader whose temporary files go where the system has them. */
  public static TableReader of(TableFormats formats, TableOptions options) {
    return new TableReader(formats, options, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** This one with other options. */
  public TableReader with(TableOptions other) {
    return new TableReader(formats, other, scratch);
  }

  /** This one with its temporary files in another folder. */
  public TableReader inScratch(Path folder) {
    return new TableReader(formats, options, folder);
  }

  /** Which columns are read. */
  public Columns columns() {
    return options.columns();
  }

  /**
   * Reads a table; what is wrong with rows is put into {@code problems}, and such a row is among
   * the examples with what could be read of it, or not at all.
   *
   * @param modalities by encoder, what reads its cells
   */
  Table read(
      TableLocation table,
      Map<String, Modality> modalities,
      Table.Labelled labelled,
      Problems problems) {
    try (Rows rows = opening(table, modalities, labelled, false, problems).open(table)) {
      if (rows.namesColumnsFirst()) {
        requireColumns(table, rows, modalities, labelled);
      }
      ByteStore bytes = new ByteStore(scratch, IN_MEMORY);
      RowReader reader = rowReader(table, modalities, labelled, bytes, problems);
      List<Example> examples = new ArrayList<>();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        examples.add(reader.example(row, rows.columns()));
      }
      if (examples.isEmpty() && problems.isEmpty()) {
        throw noRows(table);
      }
      if (!rows.namesColumnsFirst() && !examples.isEmpty()) {
        requireColumns(table, rows, modalities, labelled);
      }
      return new Table(table, rows.columns(), examples);
    }
  }

  /** A table of which nothing is there. */
  static PmfException noRows(TableLocation table) {
    return PmfException.input(table + ": there are no rows of data");
  }

  /**
   * What opens a table.
   *
   * @param others whether the cells of columns that are not read are wanted too
   */
  Opening opening(
      TableLocation table,
      Map<String, Modality> modalities,
      Table.Labelled labelled,
      boolean others,
      Problems problems) {
    columns().requireFit(modalities.keySet());
    List<String> files =
        modalities.entrySet().stream()
            .filter(e -> new CellSource(e.getValue(), table.folder()).readsFiles())
            .flatMap(e -> columns().of(e.getKey()).stream())
            .distinct()
            .toList();
    List<String> read = columns().needed(modalities.keySet(), true);
    return new Opening(formats, options, files, Set.copyOf(read), others, problems);
  }

  /** What makes examples of the rows of a table. */
  RowReader rowReader(
      TableLocation table,
      Map<String, Modality> modalities,
      Table.Labelled labelled,
      ByteStore bytes,
      Problems problems) {
    return new RowReader(modalities, columns(), labelled, table.cellFiles(), bytes, problems);
  }

  /**
   * Refuses a table without a column that is needed.
   *
   * @throws PmfException naming the column, those there are, and the one that may be meant
   */
  void requireColumns(
      TableLocation table, Rows rows, Map<String, Modality> modalities, Table.Labelled labelled) {
    boolean label = labelled == Table.Labelled.REQUIRED;
    for (String column : columns().needed(modalities.keySet(), label)) {
      if (!rows.columns().contains(column)) {
        throw missing(table, rows, column, option(column, modalities));
      }
    }
  }

  /** The error of a column that is not there, with what ends it where none is close. */
  static PmfException missing(TableLocation table, Rows rows, String column, String option) {
    List<String> named = rows.columns().stream().filter(c -> !c.isBlank()).toList();
    List<String> shown = named.stream().limit(SHOWN).map(Quote::name).toList();
    String more = named.size() > SHOWN ? ", … (" + named.size() + " in all)" : "";
    String advice = rows.advice();
    return PmfException.input(
        table
            + ": no column "
            + Quote.value(column)
            + "; there are: "
            + String.join(", ", shown)
            + more
            + (advice.isEmpty() ? Closest.question(column, named) + option : advice));
  }

  /** How another column is chosen. */
  private String option(String column, Map<String, Modality> modalities) {
    return modalities.keySet().stream()
        .filter(encoder -> columns().of(encoder).contains(column))
        .findFirst()
        .map(encoder -> "; another is read by --column " + Quote.name(encoder) + "=COLUMN")
        .orElse("; another is read by --label COLUMN");
  }
}
