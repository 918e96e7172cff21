package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
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
   * Opens a table, in which labels are not needed. Of JSON all rows are read once for their keys.
   *
   * @param modalities by encoder, what reads its cells
   * @throws PmfException naming the table, if it is none, or lacks a column
   */
  public static TableStream open(
      TableReader reader, TableLocation table, Map<String, Modality> modalities) {
    Map<String, Modality> all = new LinkedHashMap<>(modalities);
    Problems problems = new Problems();
    Opening opening = reader.opening(table, all, Table.Labelled.OPTIONAL, true, problems);
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
   * @param cells of each, by position of the column: numbers as they are written, lists and objects
   *     as JSON, of bytes their name, blank where there is nothing
   */
  public record Piece(List<Example> examples, List<List<String>> cells) {
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
    List<List<String>> cells = new ArrayList<>();
    ByteStore bytes = new ByteStore(reader.scratch(), Long.MAX_VALUE);
    RowReader examplesOf =
        reader.rowReader(table, modalities, Table.Labelled.OPTIONAL, bytes, problems);
    long size = 0;
    while (!ended && examples.size() < most && size + bytes.held() < LARGEST) {
      Row row = rows.next();
      ended = row == null;
      if (!ended) {
        examples.add(examplesOf.example(row, rows.columns()));
        List<String> texts = texts(row);
        size += texts.stream().mapToLong(String::length).sum();
        cells.add(texts);
      }
    }
    count += examples.size();
    SourceChecks.run(examples, modalities, progress, problems);
    problems.report();
    if (ended && count == 0) {
      throw TableReader.noRows(table);
    }
    return examples.isEmpty() ? null : new Piece(examples, cells);
  }

  private List<String> texts(Row row) {
    if (rows.columns().size() > columns.size()) {
      throw PmfException.input(table + ": was changed while it was worked on; start again");
    }
    List<String> texts = new ArrayList<>(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      texts.add(row.cell(c).text());
    }
    return texts;
  }

  @Override
  public void close() {
    rows.close();
  }
}
