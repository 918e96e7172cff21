package org.pmf4j.duckdb;

import java.util.Locale;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * A column and how its cells are read. Immutable.
 *
 * @param name of the column
 * @param type as DuckDB spells it
 * @param form of its cells
 */
record Column(String name, String type, Form form) {
  private static final Pattern NUMBER =
      Pattern.compile("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\\(.*\\)|BIGNUM");
  private static final Pattern TEXT =
      Pattern.compile("VARCHAR|ENUM\\(.*\\)|UUID|DATE|TIME( .*)?|TIMESTAMP.*|JSON|\"NULL\"");
  private static final Pattern FILE =
      Pattern.compile(
          "STRUCT\\(\"?bytes\"? BLOB, \"?path\"? (VARCHAR|INTEGER|\"NULL\")\\)"
              + "|STRUCT\\(\"?path\"? (VARCHAR|INTEGER|\"NULL\"), \"?bytes\"? BLOB\\)"
              + "|STRUCT\\(\"?bytes\"? INTEGER, \"?path\"? VARCHAR\\)");
  private static final Pattern LIST = Pattern.compile("(.*?)\\[\\d*\\]");

  /** How cells are read. */
  enum Form {
    /** As a number. */
    NUMBER,
    /** As true or false. */
    TRUTH,
    /** As DuckDB writes it: texts, dates and times. */
    TEXT,
    /** As bytes. */
    BYTES,
    /** As an object of bytes and a path, as the datasets library has it. */
    FILE,
    /** As a list of texts, numbers, or true and false. */
    LIST,
    /** Not at all. */
    OTHER
  }

  static Column of(String name, String type) {
    return new Column(name, type, form(type));
  }

  private static Form form(String type) {
    if (type.equals("BLOB")) {
      return Form.BYTES;
    }
    if (FILE.matcher(type).matches()) {
      return Form.FILE;
    }
    if (type.endsWith("]")) {
      String element = LIST.matcher(type).replaceFirst("$1");
      return isScalar(element) ? Form.LIST : Form.OTHER;
    }
    return isScalar(type) ? scalar(type) : Form.OTHER;
  }

  private static boolean isScalar(String type) {
    return type.equals("BOOLEAN")
        || NUMBER.matcher(type).matches()
        || TEXT.matcher(type).matches() && !type.endsWith("]");
  }

  private static Form scalar(String type) {
    if (type.equals("BOOLEAN")) {
      return Form.TRUTH;
    }
    return NUMBER.matcher(type).matches() ? Form.NUMBER : Form.TEXT;
  }

  /**
   * Refuses a type that no cell has.
   *
   * @throws PmfException naming column and type
   */
  void requireReadable(String location) {
    if (form == Form.OTHER) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: column %s has the type %s; texts, numbers, true and false, dates, lists of"
                  + " these, bytes, and objects of bytes and path are read",
              location,
              Quote.name(name),
              Quote.value(type)));
    }
  }
}
