package org.pmf4j.core.data;

import java.util.List;
import java.util.Locale;
import org.pmf4j.api.table.Cell;

/**
 * A row as it was written. Immutable, so that any number of threads may share it.
 *
 * @param place file, number of the row from 1, and the line of the file that it begins in
 * @param cells by position of the column; those behind the last one are not there
 */
public record Row(String place, List<Cell> cells) {
  /** Copies the list. */
  public Row {
    cells = List.copyOf(cells);
  }

  /**
   * Names a place.
   *
   * @param row from 1, the header not counted
   * @param line from 1
   */
  static String place(TableText file, long row, long line) {
    return String.format(Locale.ROOT, "%s row %d (line %d)", file, row, line);
  }

  /** A cell by the position of its column; one without a value where there is none. */
  public Cell cell(int column) {
    return column >= 0 && column < cells.size() ? cells.get(column) : Cell.none();
  }
}
