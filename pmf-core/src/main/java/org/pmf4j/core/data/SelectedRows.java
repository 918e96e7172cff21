package org.pmf4j.core.data;

import java.util.List;
import java.util.Locale;
import org.pmf4j.api.error.PmfException;

/** Some rows of a table, which keep the numbers that they have in it. */
final class SelectedRows implements Rows {
  private final TableLocation table;
  private final Rows all;
  private final RowSelection selection;
  private int read;

  SelectedRows(TableLocation table, Rows all, RowSelection selection) {
    this.table = table;
    this.all = all;
    this.selection = selection;
  }

  @Override
  public List<String> columns() {
    return all.columns();
  }

  @Override
  public boolean namesColumnsFirst() {
    return all.namesColumnsFirst();
  }

  @Override
  public String advice() {
    return all.advice();
  }

  @Override
  public Row next() {
    Row row = all.next();
    while (row != null && !selection.has(read++)) {
      row = all.next();
    }
    if (row == null ? read < selection.of() : read > selection.of()) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: had %,d rows when it was split, and has %s now; split it anew",
              table,
              selection.of(),
              row == null ? String.format(Locale.ROOT, "%,d", read) : "more"));
    }
    return row;
  }

  @Override
  public void close() {
    all.close();
  }
}
