package org.pmf4j.core.data;

import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;
import org.pmf4j.api.table.TableRows;

/** Rows of a format that a plugin reads, with their places. */
final class FormatRows implements Rows {
  private final String table;
  private final TableRows rows;
  private long row;

  FormatRows(String table, TableRows rows) {
    this.table = table;
    this.rows = rows;
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public Row next() {
    String place = String.format(Locale.ROOT, "%s row %d", table, ++row);
    List<Cell> cells;
    try {
      cells = rows.next();
    } catch (PmfException e) {
      throw e.kind() == ErrorKind.INPUT ? PmfException.input(place + ": " + e.getMessage(), e) : e;
    }
    return cells == null ? null : new Row(place, cells);
  }

  @Override
  public void close() {
    rows.close();
  }
}
