package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.file.OutputPlace;

/**
 * A table: CSV with a header row, or, in a file ending in {@code .json}, {@code .jsonl} or {@code
 * .ndjson}, JSON objects one after the other or in one list.
 *
 * <p>A row may lack some of the modalities, by a cell that is blank, null or not there; it needs
 * one of them at least. Nothing else is missing: a cell that cannot be understood is an error, and
 * so is a text such as {@code None} where a file is to be. Immutable, so that any number of threads
 * may share it.
 *
 * @param file where it stands
 * @param columns names by position, blank where the header has none; in JSON the keys of all rows
 * @param examples its rows
 */
public record Table(Path file, List<String> columns, List<Example> examples) {
  /** The column of labels. */
  public static final String LABEL = "label";

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    examples = List.copyOf(examples);
  }

  /** Whether a table must have labels. */
  public enum Labelled {
    /** Every row has one. */
    REQUIRED,
    /** Labels are read where there are some that can be read. */
    OPTIONAL
  }

  /**
   * Reads a table without a look at the files that it names.
   *
   * @param columns by column, the modality that reads its cells; other columns are ignored
   * @throws PmfException naming file, row and column of the first ten that are wrong, and how many
   *     more: a missing or empty file, a missing column, a blank label, a row without any modality,
   *     a row or cell that cannot be read
   */
  public static Table read(Path file, Map<String, Modality> columns, Labelled labelled) {
    Problems problems = new Problems();
    Table table = read(file, columns, labelled, problems);
    problems.report();
    return table;
  }

  /**
   * As {@link #read(Path, Map, Labelled)}, but what is wrong with rows is put into {@code
   * problems}, and such a row is among the examples with what could be read of it, or not at all.
   */
  static Table read(
      Path file, Map<String, Modality> columns, Labelled labelled, Problems problems) {
    List<String> needed = new ArrayList<>(columns.keySet());
    if (labelled == Labelled.REQUIRED) {
      needed.add(LABEL);
    }
    try (Rows rows = Rows.open(file, problems)) {
      boolean csv = rows instanceof CsvRows;
      if (csv) {
        requireColumns(file, rows, needed);
      }
      RowReader reader = new RowReader(columns, labelled, folder(file), problems);
      List<Example> examples = new ArrayList<>();
      for (Row row = rows.next(); row != null; row = rows.next()) {
        examples.add(reader.example(row, rows.columns()));
      }
      if (examples.isEmpty() && problems.isEmpty()) {
        throw PmfException.input(file + ": there are no rows of data");
      }
      if (!csv && !examples.isEmpty()) {
        requireColumns(file, rows, needed);
      }
      return new Table(file, rows.columns(), examples);
    }
  }

  /**
   * The cells of every row as text, one row after the other.
   *
   * @param row takes the number of a row, from 0, and its cells by position of the column: numbers
   *     as they are written, lists and objects as JSON, blank where there is nothing
   * @throws PmfException naming the file and row that cannot be read, or that the table has changed
   *     since it was read
   */
  public void forEach(BiConsumer<Integer, List<String>> row) {
    Problems problems = new Problems();
    try (Rows rows = Rows.open(file, problems)) {
      int number = 0;
      for (Row r = rows.next(); r != null; r = rows.next()) {
        List<String> cells = new ArrayList<>(columns.size());
        for (int c = 0; c < columns.size(); c++) {
          cells.add(r.cell(c).text());
        }
        requireSame(number < examples.size());
        row.accept(number++, cells);
      }
      problems.report();
      requireSame(number == examples.size() && rows.columns().equals(columns));
    }
  }

  /**
   * Refuses an output that is one of the files that the rows name, or in one of the folders.
   *
   * @throws PmfException naming it
   */
  public void requireNotNamed(Path out) {
    boolean replaces = Files.exists(out);
    OutputPlace named = new OutputPlace();
    for (Example example : examples) {
      for (Source source : example.sources().values()) {
        if (source instanceof Source.File f && Files.isDirectory(f.path())) {
          named.folder("what " + example.place() + " names", f.path());
        } else if (replaces && source instanceof Source.File f) {
          named.file("a file that " + example.place() + " names", f.path());
        }
      }
    }
    named.requireFile(out);
  }

  private void requireSame(boolean same) {
    if (!same) {
      throw PmfException.input(file + ": was changed while it was worked on; start again");
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
  }

  private static void requireColumns(Path file, Rows rows, List<String> needed) {
    for (String column : needed) {
      if (!rows.columns().contains(column)) {
        List<String> named = rows.columns().stream().filter(c -> !Blank.is(c)).toList();
        String more = named.size() > 20 ? ", … (" + named.size() + " in all)" : rows.advice();
        List<String> shown = named.stream().limit(20).map(Quote::name).toList();
        throw PmfException.input(
            file
                + ": no column "
                + Quote.value(column)
                + "; there are: "
                + String.join(", ", shown)
                + more);
      }
    }
  }

  /** Makes examples of rows. */
  private record RowReader(
      Map<String, Modality> columns, Labelled labelled, Path folder, Problems problems) {

    Example example(Row row, List<String> names) {
      Map<String, Source> sources = new LinkedHashMap<>();
      boolean blank = true;
      for (Map.Entry<String, Modality> column : columns.entrySet()) {
        String name = column.getKey();
        Cell cell = row.cell(names.indexOf(name));
        if (!cell.isBlank()) {
          blank = false;
          String place = row.place() + ", column " + Quote.name(name);
          try {
            sources.put(name, new CellSource(column.getValue(), folder).of(cell, place));
          } catch (PmfException e) {
            problems.add(place + ": " + e.getMessage());
          }
        }
      }
      if (blank && !columns.isEmpty()) {
        problems.add(nothing(row));
      }
      return new Example(row.place(), sources, label(row, row.cell(names.indexOf(LABEL))));
    }

    private String nothing(Row row) {
      String all = String.join(", ", columns.keySet().stream().map(Quote::name).toList());
      return columns.size() == 1
          ? row.place() + ", column " + all + ": the cell is blank"
          : row.place() + ": the cells of " + all + " are all blank; a row needs one at least";
    }

    private Optional<Label> label(Row row, Cell cell) {
      try {
        return LabelCell.read(cell, labelled == Labelled.REQUIRED);
      } catch (PmfException e) {
        if (labelled == Labelled.REQUIRED) {
          problems.add(row.place() + ", column " + LABEL + ": " + e.getMessage());
        }
        return Optional.empty();
      }
    }
  }
}
