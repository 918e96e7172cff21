package org.pmf4j.core.data;

import java.util.List;

/** The rows of a table, one after the other, so that a long one need not fit into memory. */
interface Rows extends AutoCloseable {
  /**
   * Names of the columns by position. In CSV the header's, of which several may be blank; in JSON
   * the keys in the order in which they first came so far.
   */
  List<String> columns();

  /** Whether {@link #columns} are all there are before the first row is read. */
  default boolean namesColumnsFirst() {
    return true;
  }

  /** Advice where a column is missing because cells are separated in another way; else empty. */
  default String advice() {
    return "";
  }

  /**
   * The next row.
   *
   * @return null behind the last one
   * @throws org.pmf4j.api.error.PmfException naming the place from which on nothing can be read
   */
  Row next();

  @Override
  void close();
}
