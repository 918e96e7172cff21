package org.pmf4j.spark.row;

import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.pmf4j.api.table.Cell;

/**
 * A column that an encoder reads. Immutable, so that any number of threads may share it.
 *
 * @param name of the column
 * @param at its position
 * @param kind its type
 */
public record ReadColumn(String name, int at, ColumnKind kind) implements Serializable {
  /**
   * The cell of a row.
   *
   * @throws org.pmf4j.api.error.PmfException if it is none, saying why
   */
  Cell cell(Row row) {
    return row.isNullAt(at) ? Cell.none() : kind.cell(row.get(at));
  }
}
