package org.pmf4j.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.error.Quote;

/** A table of text; the first columns stand left, the others right. For one thread at a time. */
public final class TextTable {
  private static final String INDENT = "  ";
  private static final int WIDEST = 80;
  private final List<List<String>> rows = new ArrayList<>();
  private int words = 1;

  /**
   * A table.
   *
   * @param header names of the columns
   */
  public TextTable(String... header) {
    rows.add(Arrays.stream(header).map(TextTable::shown).toList());
  }

  /**
   * Lets more columns stand left than the first.
   *
   * @param columns how many from the first on
   */
  public TextTable words(int columns) {
    words = columns;
    return this;
  }

  /** Adds a row of as many cells as the header has. */
  public TextTable row(String... cells) {
    if (cells.length != rows.get(0).size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + rows.get(0));
    }
    rows.add(Arrays.stream(cells).map(TextTable::shown).toList());
    return this;
  }

  /** Prints it. */
  public void print(PrintStream out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], width(row.get(c)));
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = row.get(c);
        String space = " ".repeat(widths[c] - width(cell));
        line.append(c == 0 ? "" : INDENT).append(c < words ? cell + space : space + cell);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  /** Names and labels are anybody's: nothing of them moves the cursor or fills the screen. */
  private static String shown(String cell) {
    String plain = Quote.plain(cell);
    return plain.codePointCount(0, plain.length()) <= WIDEST
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, WIDEST)) + "…";
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
