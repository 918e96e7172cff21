package org.pmf4j.core.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Rows that can be read once, the first of which were read ahead for their keys where only rows
 * name the columns.
 */
final class AheadRows implements Rows {
  /** As many as are predicted at once. */
  private static final int AHEAD = 32;

  private final Rows rows;
  private final Deque<Row> ahead = new ArrayDeque<>();

  private AheadRows(Rows rows) {
    this.rows = rows;
  }

  static AheadRows of(Rows rows) {
    AheadRows read = new AheadRows(rows);
    try {
      while (!rows.namesColumnsFirst() && read.ahead.size() < AHEAD) {
        Row row = rows.next();
        if (row == null) {
          break;
        }
        read.ahead.add(row);
      }
      return read;
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  @Override
  public List<String> columns() {
    return rows.columns();
  }

  @Override
  public String advice() {
    return rows.advice();
  }

  @Override
  public Row next() {
    return ahead.isEmpty() ? rows.next() : ahead.remove();
  }

  @Override
  public void close() {
    rows.close();
  }
}
