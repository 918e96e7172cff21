package org.pmf4j.api.table;

import java.util.List;

/**
 * The rows of an open table, one after the other, so that a long one need not fit into memory. For
 * one thread at a time.
 *
 * @since API version 2
 */
public interface TableRows extends AutoCloseable {
  /** Names of the columns by position, each once. */
  List<String> columns();

  /**
   * The next row.
   *
   * @return a cell for each column, or null behind the last row
   * @throws org.pmf4j.api.error.PmfException if nothing can be read from here on: saying what is
   *     wrong, without the place, which the caller adds
   */
  List<Cell> next();

  /** Frees what is open; what was returned stays valid. */
  @Override
  void close();
}
