package org.pmf4j.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * CSV as RFC 4180 has it: commas, a header row, quoted cells; lines end in CR, LF or both. Columns
 * without a name are kept and never asked for. Where the header has spaces behind its commas, those
 * around all cells that are not quoted belong to the layout.
 */
final class CsvRows implements Rows {
  private static final CSVFormat PLAIN =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();
  private static final CSVFormat SPACED = PLAIN.builder().setIgnoreSurroundingSpaces(true).get();

  private final Path file;
  private final Problems problems;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;
  private long row;
  private long line;

  private CsvRows(Path file, Problems problems, CSVParser parser) {
    this.file = file;
    this.problems = problems;
    this.parser = parser;
    this.records = parser.iterator();
    List<String> header = new ArrayList<>();
    CSVRecord first = record();
    if (first != null) {
      first.forEach(name -> header.add(name));
    }
    this.columns = List.copyOf(header);
  }

  /** Opens a file and reads its header. */
  static CsvRows open(Path file, Problems problems) {
    CsvRows plain = open(file, problems, PLAIN);
    CsvRows rows = plain;
    if (plain.columns.stream().skip(1).anyMatch(c -> c.startsWith(" ") || c.startsWith("\t"))) {
      plain.close();
      rows = open(file, problems, SPACED);
    }
    try {
      return rows.named();
    } catch (RuntimeException e) {
      rows.close();
      throw e;
    }
  }

  private static CsvRows open(Path file, Problems problems, CSVFormat format) {
    Reader reader = TableText.open(file);
    try {
      return new CsvRows(file, problems, CSVParser.parse(reader, format));
    } catch (IOException e) {
      throw TableText.failed(file, e);
    } catch (RuntimeException e) {
      closeQuietly(reader);
      throw e;
    }
  }

  private CsvRows(CsvRows from, List<String> columns) {
    this.file = from.file;
    this.problems = from.problems;
    this.parser = from.parser;
    this.records = from.records;
    this.line = from.line;
    this.columns = List.copyOf(columns);
  }

  /** These rows with the names that the header gives its columns. */
  private CsvRows named() {
    if (columns.isEmpty()) {
      throw PmfException.input(file + ": the file is empty; the first row names the columns");
    }
    if (columns.get(0).startsWith("sep=")) {
      String mark = columns.size() > 1 ? "," : columns.get(0).substring("sep=".length());
      if (!mark.equals(",")) {
        throw PmfException.input(
            file + " line 1: the columns are separated by " + Quote.value(mark) + ADVICE);
      }
      CSVRecord header = record();
      return new CsvRows(this, header == null ? List.of() : header.toList()).named();
    }
    List<String> names = columns.stream().map(Blank::strip).toList();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = names.get(i).isEmpty() ? null : places.put(names.get(i), i);
      if (before != null) {
        throw PmfException.input(
            String.format(
                Locale.ROOT,
                "%s: the header has the column %s twice, as number %d and %d; rename one",
                file,
                Quote.value(names.get(i)),
                before + 1,
                i + 1));
      }
    }
    return new CsvRows(this, names);
  }

  private static final String ADVICE = "; separate them by commas";

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public String advice() {
    String header = String.join("\n", columns);
    for (String mark : List.of(";", "\t", "|")) {
      if (header.split(Pattern.quote(mark), -1).length > columns.size()) {
        String told = mark.equals("\t") ? "tabs" : Quote.value(mark);
        return "; the columns seem to be separated by " + told + ADVICE;
      }
    }
    return "";
  }

  @Override
  public Row next() {
    while (true) {
      CSVRecord r = record();
      if (r == null) {
        return null;
      }
      row++;
      if (r.size() == columns.size()) {
        List<Cell> cells = new ArrayList<>(r.size());
        r.forEach(cell -> cells.add(Cell.of(cell)));
        return new Row(Row.place(file, row, line), cells);
      }
      problems.add(
          String.format(
              Locale.ROOT,
              "%s: %d cells, but the header has %d columns; quote cells that contain commas",
              Row.place(file, row, line),
              r.size(),
              columns.size()));
    }
  }

  /**
   * The next record that is no blank line, and {@link #line}, in which it begins; null at the end.
   */
  private CSVRecord record() {
    try {
      while (true) {
        line = parser.getCurrentLineNumber() + 1;
        if (!records.hasNext()) {
          return null;
        }
        CSVRecord r = records.next();
        if (r.size() > 1 || !Blank.is(r.get(0))) {
          return r;
        }
      }
    } catch (UncheckedIOException e) {
      throw broken(e.getCause());
    } catch (IllegalStateException e) {
      throw broken(new CSVException(e.getMessage()));
    }
  }

  private PmfException broken(IOException e) {
    if (e instanceof CSVException) {
      return PmfException.input(
          Row.place(file, row + 1, line)
              + ": the quotes do not fit: a cell that begins with a quote ends with one, before a"
              + " comma or the line's end, and a quote inside it is written twice",
          e);
    }
    return TableText.failed(file, e);
  }

  @Override
  public void close() {
    closeQuietly(parser);
  }

  private static void closeQuietly(Closeable open) {
    try {
      open.close();
    } catch (IOException e) {
      return; // Nothing was written
    }
  }
}
