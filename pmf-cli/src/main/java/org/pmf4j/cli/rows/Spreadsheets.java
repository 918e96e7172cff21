package org.pmf4j.cli.rows;

import java.util.regex.Pattern;

/**
 * Texts for spreadsheets, which take what begins with certain characters for a formula and run it
 * (CSV injection, as OWASP describes it). Has no state: any thread may call it.
 */
final class Spreadsheets {
  private static final String STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d+)?");

  private Spreadsheets() {}

  /** A cell that stays a text: with an apostrophe in front where it could be a formula. */
  static String asText(String cell) {
    boolean formula = !cell.isEmpty() && STARTS.indexOf(cell.charAt(0)) >= 0;
    return formula && !NUMBER.matcher(cell).matches() ? "'" + cell : cell;
  }
}
