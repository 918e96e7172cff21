package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.progress.Progress;

/**
 * A table that is read piece by piece, each of which is checked as a whole before it is given. For
 * one thread at a time.
 */
public final class TableStream implements AutoCloseable {
  /** Cells of a piece take about so much, in bytes or characters, whatever its rows. */
  private static final long LARGEST = 64L << 20;

  private final TableLocation table;
  private final Map<String, Modality> modalities;
  private final TableReader reader;
  private final Problems problems;
  private final Rows rows;
  private final List<String> columns;
  private long count;
  private boolean ended;

  private TableStream(
      TableLocation table,
      Map<String, Modality> modalities,
      TableReader reader,
      Problems problems,
      Rows rows,
      List<String> columns) {
    this.table = table;
    this.modalities = modalities;
    this.reader = reader;
    this.problems = problems;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Opens a table, in which labels are not needed. Of JSON all rows are read once for their keys,
   * of standard input the first ones.
   *
   * @param modalities by encoder, what reads its cells
   * @throws PmfException naming the table, if it is none, or lacks a column
   */
  public static TableStream open(
      TableReader reader, TableLocation table, Map<String, Modality> modalities) {
    Map<String, Modality> all = new LinkedHashMap<>(modalities);
    Problems problems = new Problems();
    Opening opening = reader.opening(table, all, Table.Labelled.OPTIONAL, true, problems);
    if (table.isStandardInput()) {
      AheadRows rows = AheadRows.of(opening.open(table));
      try {
        reader.requireColumns(table, rows, all, Table.Labelled.OPTIONAL);
      } catch (PmfException e) {
        rows.close();
        throw e;
      }
      return new TableStream(table, all, reader, problems, rows, List.copyOf(rows.columns()));
    }
    List<String> columns = columns(opening, reader, table, all);
    return new TableStream(table, all, reader, problems, opening.open(table), columns);
  }

  private static List<String> columns(
      Opening opening, TableReader reader, TableLocation table, Map<String, Modality> modalities) {
    try (Rows rows = opening.open(table)) {
      boolean some = rows.namesColumnsFirst();
      while (!rows.namesColumnsFirst() && rows.next() != null) {
        some = true;
      }
      if (!some) {
        throw TableReader.noRows(table);
      }
      reader.requireColumns(table, rows, modalities, Table.Labelled.OPTIONAL);
      return List.copyOf(rows.columns());
    }
  }

  /** Names of the columns by position, blank where the header has none; in JSON of all rows. */
  public List<String> columns() {
    return columns;
  }

  /** Whether the last row has been given. */
  public boolean ended() {
    return ended;
  }

  /** The table. */
  public TableLocation table() {
    return table;
  }

  /**
   * Rows one after the other.
   *
   * @param examples one or more
   * @param values of each, by position of the column
   */
  public record Piece(List<Example> examples, List<List<Cell>> values) {
    /**
     * The cells of each as texts, by position of the column: numbers as they are written, lists and
     * objects as JSON, of bytes their name, blank where there is nothing.
     */
    public List<List<String>> cells() {
      return values.stream().map(row -> row.stream().map(Cell::text).toList()).toList();
    }

    /**
     * Refuses an output that is one of the files that the rows name.
     *
     * @throws PmfException naming it
     */
    public void requireNotNamed(Path out) {
      Table.requireNotNamed(examples, out);
    }
  }

  /**
   * The next rows, which have been checked, and the files that they name.
   *
   * @param most rows
   * @return null behind the last row
   * @throws PmfException with row, column and reason of the first ten that are wrong with them
   */
  public Piece next(int most, Progress progress) {
    List<Example> examples = new ArrayList<>();
    List<List<Cell>> values = new ArrayList<>();
    ByteStore bytes = new ByteStore(reader.scratch(), Long.MAX_VALUE);
    RowReader examplesOf =
        reader.rowReader(table, modalities, Table.Labelled.OPTIONAL, bytes, problems);
    long size = 0;
    while (!ended && examples.size() < most && size + bytes.held() < LARGEST) {
      Row row = rows.next();
      ended = row == null;
      if (!ended) {
        examples.add(examplesOf.example(row, rows.columns()));
        List<Cell> cells = cells(row);
        size += size(cells);
        values.add(cells);
      }
    }
    count += examples.size();
    SourceChecks.run(examples, modalities, progress, problems);
    problems.report();
    if (ended && count == 0) {
      throw TableReader.noRows(table);
    }
    return examples.isEmpty() ? null : new Piece(examples, values);
  }

  private List<Cell> cells(Row row) {
    if (rows.columns().size() > columns.size()) {
      throw PmfException.input(
          table.isStandardInput()
              ? row.place()
                  + ": the key "
                  + Quote.value(rows.columns().get(columns.size()))
                  + " is in none of the first rows, whose keys are the columns; write it into one of"
                  + " them, or give the table as a file"
              : table + ": was changed while it was worked on; start again");
    }
    List<Cell> cells = new ArrayList<>(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      cells.add(row.cell(c));
    }
    return cells;
  }

  /** Of bytes only the name: the store counts what it holds. */
  private static long size(List<Cell> cells) {
    long size = 0;
    for (Cell cell : cells) {
      size += cell.text().length();
    }
    return size;
  }

  @Override
  public void close() {
    rows.close();
  }
}
