package org.pmf4j.core.data;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Modality;
import org.pmf4j.api.table.Cell;

/**
 * A table whose rows are gone through as they are written, one after the other, without being held.
 * For one thread at a time.
 */
public final class TableScan implements AutoCloseable {
  private final TableLocation table;
  private final TableReader reader;
  private final Problems problems;
  private final Rows rows;

  private TableScan(TableLocation table, TableReader reader, Problems problems, Rows rows) {
    this.table = table;
    this.reader = reader;
    this.problems = problems;
    this.rows = rows;
  }

  /**
   * Opens a table for all of its columns.
   *
   * @param fileColumns columns that hold paths of files: of one, {@code file_name} of a folder's
   *     metadata is the column
   * @throws PmfException naming the table, if it is not there or no such table
   */
  public static TableScan open(TableReader reader, TableLocation table, List<String> fileColumns) {
    Problems problems = new Problems();
    Opening opening =
        new Opening(reader.formats(), reader.options(), fileColumns, Set.of(), true, problems);
    return new TableScan(table, reader, problems, opening.open(table));
  }

  /**
   * Opens a table for some of its columns; cells of others may come as nothing.
   *
   * @param modalities by encoder, what reads the cells of its columns
   * @param more columns beside those of the encoders and the label
   * @throws PmfException naming the table, if it is not there or no such table
   */
  public static TableScan open(
      TableReader reader,
      TableLocation table,
      Map<String, Modality> modalities,
      List<String> more) {
    Problems problems = new Problems();
    Opening opening =
        reader.opening(table, modalities, Table.Labelled.OPTIONAL, false, problems).reading(more);
    return new TableScan(table, reader, problems, opening.open(table));
  }

  /** Names of the columns by position; in JSON of the rows that came so far. */
  public List<String> columns() {
    return rows.columns();
  }

  /** The position of a column; negative where it has not come. */
  public int position(String column) {
    return rows.columns().indexOf(column);
  }

  /**
   * Refuses a table without a column, once all columns are known.
   *
   * @param option what ends the message where no name is close, such as {@code ; another is read by
   *     --label COLUMN}
   * @throws PmfException naming the column and those there are
   */
  public void requireColumn(String column, String option) {
    if (position(column) < 0) {
      throw TableReader.missing(table, rows, column, option);
    }
  }

  /**
   * Refuses a table without a column that encoders or labels need, once all columns are known.
   *
   * @param modalities by encoder, what reads the cells of its columns
   * @throws PmfException naming the column, those there are, and the one that may be meant
   */
  public void requireColumns(Map<String, Modality> modalities, Table.Labelled labelled) {
    reader.requireColumns(table, rows, modalities, labelled);
  }

  /** Whether {@link #columns} are all there are before the first row is read. */
  public boolean namesColumnsFirst() {
    return rows.namesColumnsFirst();
  }

  /**
   * The next row.
   *
   * @return null behind the last one
   * @throws PmfException naming the place from which on nothing can be read
   */
  public Row next() {
    return rows.next();
  }

  /** The cell of a row in a column; one without a value where there is none. */
  public Cell cell(Row row, String column) {
    return row.cell(position(column));
  }

  /** A row with its label alone; a label that is missing or none is among what is wrong. */
  public Example labelled(Row row, String task) {
    RowReader labels =
        reader.rowReader(
            table,
            Map.of(),
            Table.Labelled.REQUIRED,
            new ByteStore(reader.scratch(), Long.MAX_VALUE),
            problems);
    Example example = labels.example(row, rows.columns());
    if (example.label().isPresent()) {
      try {
        Task.check(task, example);
      } catch (PmfException e) {
        if (e.kind() != ErrorKind.INPUT) {
          throw e;
        }
        problems.add(e.getMessage());
      }
    }
    return example;
  }

  /** A row with its label alone, which may be missing; one that is none counts as missing. */
  public Example label(Row row) {
    return reader
        .rowReader(
            table,
            Map.of(),
            Table.Labelled.OPTIONAL,
            new ByteStore(reader.scratch(), Long.MAX_VALUE),
            problems)
        .example(row, rows.columns());
  }

  /** Adds to what is wrong with rows. */
  public void wrong(String problem) {
    problems.add(problem);
  }

  /** How many rows or cells are wrong so far. */
  public int wrong() {
    return problems.count();
  }

  /** The first ten of what is wrong so far, with their places. */
  public List<String> firstWrong() {
    return problems.first();
  }

  /**
   * Ends here if anything was wrong.
   *
   * @throws PmfException with place and reason of the first ten, and how many more
   */
  public void report() {
    problems.report();
  }

  /** The error of a table of which nothing is there. */
  public PmfException noRows() {
    return TableReader.noRows(table);
  }

  @Override
  public void close() {
    rows.close();
  }
}
