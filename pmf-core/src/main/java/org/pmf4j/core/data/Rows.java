package org.pmf4j.core.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rows of a table, one after the other, so that a long one need not fit into memory. */
interface Rows extends AutoCloseable {
  /**
   * Opens a table: JSON where the name ends in {@code .json}, {@code .jsonl} or {@code .ndjson},
   * else CSV.
   *
   * @param problems gets what is wrong with single rows, which are then left out
   * @throws org.pmf4j.api.error.PmfException naming the file, if it is not there or no such table
   */
  static Rows open(Path file, Problems problems) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    boolean json = List.of(".jsonl", ".json", ".ndjson").stream().anyMatch(name::endsWith);
    return json ? JsonRows.open(file) : CsvRows.open(file, problems);
  }

  /**
   * Names of the columns by position. In CSV the header's, of which several may be blank; in JSON
   * the keys in the order in which they first came so far.
   */
  List<String> columns();

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
