package org.pmf4j.core.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.modality.Source;

/** Reads examples from a table. */
public final class Table {
  /** The column of labels. */
  public static final String LABEL = "label";

  private Table() {}

  /** Whether a table must have labels. */
  public enum Labelled {
    /** Every row has one. */
    REQUIRED,
    /** Labels are read where there are some. */
    OPTIONAL
  }

  /** One row as text by column, and where it stands. */
  record Row(String place, Map<String, String> cells) {}

  /**
   * Columns that a table must have.
   *
   * @param somewhere whose cells may be missing, though not in all rows
   * @param everywhere which every row must have
   */
  record Needed(List<String> somewhere, List<String> everywhere) {
    List<String> all() {
      List<String> all = new ArrayList<>(somewhere);
      all.addAll(everywhere);
      return all;
    }
  }

  /**
   * Reads a CSV file with a header row, or a JSONL file (ending in {@code .jsonl} or {@code .json})
   * with an object a line.
   *
   * <p>A row may lack some of the modalities, by a blank cell or, in JSONL, by a key that is null
   * or not there; it needs one of them at least.
   *
   * @param columns by column, the modality that reads its cells; other columns are ignored
   * @throws PmfException naming file, row and column: a missing or empty file, a missing column, a
   *     blank label, a row without any modality, a row that cannot be read
   */
  public static List<Example> read(Path file, Map<String, Modality> columns, Labelled labelled) {
    List<String> everywhere = labelled == Labelled.REQUIRED ? List.of(LABEL) : List.of();
    List<Row> rows = rows(file, new Needed(List.copyOf(columns.keySet()), everywhere));
    Path folder = file.toAbsolutePath().getParent();
    List<Example> examples = new ArrayList<>(rows.size());
    for (Row row : rows) {
      examples.add(example(row, columns, labelled, folder));
    }
    return examples;
  }

  /**
   * The cells of every row as text, by column.
   *
   * @throws PmfException naming the file and row that cannot be read
   */
  public static List<Map<String, String>> cells(Path file) {
    return rows(file, new Needed(List.of(), List.of())).stream().map(Row::cells).toList();
  }

  private static List<Row> rows(Path file, Needed needed) {
    if (!Files.isRegularFile(file)) {
      throw PmfException.input(file + ": no such file");
    }
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean json = name.endsWith(".jsonl") || name.endsWith(".json");
    List<Row> rows = json ? JsonLines.read(file, needed) : CsvTable.read(file, needed);
    if (rows.isEmpty()) {
      throw PmfException.input(file + ": there are no rows of data");
    }
    return rows;
  }

  private static Example example(
      Row row, Map<String, Modality> columns, Labelled labelled, Path folder) {
    Map<String, Source> sources = new LinkedHashMap<>();
    columns.forEach(
        (column, modality) -> {
          if (!isBlank(row, column)) {
            sources.put(column, source(row, column, modality, folder));
          }
        });
    requireOne(row, sources, columns);
    if (labelled == Labelled.REQUIRED) {
      return new Example(row.place(), sources, Optional.of(cell(row, LABEL).trim()));
    }
    Optional<String> label =
        Optional.ofNullable(row.cells().get(LABEL)).map(String::trim).filter(s -> !s.isEmpty());
    return new Example(row.place(), sources, label);
  }

  private static Source source(Row row, String column, Modality modality, Path folder) {
    String cell = cell(row, column);
    try {
      return modality.parse(cell, folder);
    } catch (PmfException e) {
      String place = row.place() + ", column " + column + ": ";
      throw new PmfException(e.kind(), place + e.getMessage(), e);
    }
  }

  private static String cell(Row row, String column) {
    if (isBlank(row, column)) {
      throw PmfException.input(row.place() + ", column " + column + ": the cell is blank");
    }
    return row.cells().get(column);
  }

  private static boolean isBlank(Row row, String column) {
    String text = row.cells().get(column);
    return text == null || text.isBlank();
  }

  private static void requireOne(
      Row row, Map<String, Source> sources, Map<String, Modality> columns) {
    if (!sources.isEmpty() || columns.isEmpty()) {
      return;
    }
    String all = String.join(", ", columns.keySet());
    throw PmfException.input(
        columns.size() == 1
            ? row.place() + ", column " + all + ": the cell is blank"
            : row.place() + ": the cells of " + all + " are all blank; a row needs one at least");
  }

  /** The complaint about a column that is not there. */
  static PmfException missingColumn(String place, String column, Iterable<String> known) {
    return PmfException.input(
        place + ": no column '" + column + "'; there are: " + String.join(", ", known));
  }
}
