package org.pmf4j.api.table;

import java.util.List;

/**
 * Offered by a plugin: one way in which tables are stored. Implementations have no state that
 * changes: several threads may use one at once.
 *
 * @since API version 2
 */
public interface TableFormat {
  /** Its name in listings: lower-case letters, digits and hyphens. */
  String name();

  /** One line for listings: what it reads. */
  String description();

  /** Ends of the names of its files, in lower case with the dot, such as {@code .parquet}. */
  List<String> endings();

  /** Beginnings of its URLs, in lower case, such as {@code jdbc:duckdb:}; none by default. */
  default List<String> schemes() {
    return List.of();
  }

  /**
   * Opens a table. Nothing is fetched from the network, and nothing is changed.
   *
   * @return its rows, which the caller closes
   * @throws org.pmf4j.api.error.PmfException naming the location, if it is not there or no such
   *     table, or a column that is needed and whose type is none that a cell has
   */
  TableRows open(TableRequest request);
}
