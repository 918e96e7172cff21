package org.pmf4j.duckdb;

import java.nio.file.Path;

/** Spellings of SQL. */
final class Sql {
  private Sql() {}

  /** A text in quotes. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A name in quotes. */
  static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The pattern that one file alone fits, whatever signs its name has. */
  static String oneFile(Path file) {
    StringBuilder pattern = new StringBuilder();
    for (char c : file.toAbsolutePath().toString().toCharArray()) {
      if (c == '*' || c == '?' || c == '[') {
        pattern.append('[').append(c).append(']');
      } else {
        pattern.append(c);
      }
    }
    return pattern.toString();
  }

  /** A query without the semicolon and the white space at its end. */
  static String withoutEnd(String query) {
    String plain = query.strip();
    while (plain.endsWith(";")) {
      plain = plain.substring(0, plain.length() - 1).strip();
    }
    return plain;
  }
}
