package org.pmf4j.core.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.table.Blank;
import org.pmf4j.api.table.Cell;

/**
 * CSV as RFC 4180 has it, or in another dialect: commas, a header row, quoted cells; lines end in
 * CR, LF or both. Columns without a name are kept and never asked for. Where the header has spaces
 * behind its commas, those around all cells that are not quoted belong to the layout.
 */
final class CsvRows implements Rows {
  /** Characters after which a header is not read again for its layout. */
  private static final int LONGEST_HEADER = 1 << 22;

  private final TableText file;
  private final CsvDialect dialect;
  private final Problems problems;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> columns;
  private final CSVRecord first;
  private CSVRecord again;
  private long row;
  private long line;

  private CsvRows(TableText file, CsvDialect dialect, Problems problems, CSVParser parser) {
    this.file = file;
    this.dialect = dialect;
    this.problems = problems;
    this.parser = parser;
    this.records = parser.iterator();
    List<String> header = new ArrayList<>();
    CSVRecord record = record();
    if (record != null) {
      record.forEach(name -> header.add(name));
    }
    this.columns = List.copyOf(header);
    this.first = record;
  }

  /** Opens a file and reads its header. */
  static CsvRows open(TableText file, CsvDialect dialect, Problems problems) {
    CSVFormat format = format(file, dialect);
    Reader reader = file.open(dialect.charset());
    try {
      reader.mark(LONGEST_HEADER);
      CsvRows rows = new CsvRows(file, dialect, problems, CSVParser.parse(reader, format));
      if (dialect.header() && rows.columns.stream().skip(1).anyMatch(CsvRows::isSpaced)) {
        reader.reset();
        CSVFormat spaced = format.builder().setIgnoreSurroundingSpaces(true).get();
        rows = new CsvRows(file, dialect, problems, CSVParser.parse(reader, spaced));
      }
      return rows.named();
    } catch (IOException e) {
      closeQuietly(reader);
      throw file.failed(dialect.charset(), e);
    } catch (RuntimeException e) {
      closeQuietly(reader);
      throw e;
    }
  }

  private static CSVFormat format(TableText file, CsvDialect dialect) {
    return CSVFormat.DEFAULT
        .builder()
        .setIgnoreEmptyLines(false)
        .setDelimiter(dialect.delimiter(file.name()))
        .setQuote(dialect.quote())
        .get();
  }

  private static boolean isSpaced(String name) {
    return name.startsWith(" ") || name.startsWith("\t");
  }

  private CsvRows(CsvRows from, List<String> columns, CSVRecord again) {
    this.file = from.file;
    this.dialect = from.dialect;
    this.first = from.first;
    this.again = again;
    this.problems = from.problems;
    this.parser = from.parser;
    this.records = from.records;
    this.line = from.line;
    this.columns = List.copyOf(columns);
  }

  /** These rows behind the line that names their separator. */
  private CsvRows(CsvRows from, CSVRecord header) {
    this.file = from.file;
    this.dialect = from.dialect;
    this.first = header;
    this.problems = from.problems;
    this.parser = from.parser;
    this.records = from.records;
    this.line = from.line;
    this.columns = header == null ? List.of() : List.copyOf(header.toList());
  }

  /** These rows with the names that the header gives its columns. */
  private CsvRows named() {
    if (columns.isEmpty()) {
      throw PmfException.input(file + ": the file is empty; the first row names the columns");
    }
    if (columns.get(0).startsWith("sep=")) {
      String used = String.valueOf(dialect.delimiter(file.name()));
      String mark = columns.size() > 1 ? used : columns.get(0).substring("sep=".length());
      if (!mark.equals(used)) {
        throw PmfException.input(
            file + " line 1: the columns are separated by " + told(mark) + advice(mark));
      }
      CSVRecord header = record();
      return new CsvRows(this, header).named();
    }
    if (!dialect.header()) {
      List<String> numbers =
          IntStream.rangeClosed(1, columns.size()).mapToObj(Integer::toString).toList();
      return new CsvRows(this, numbers, first);
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
    return new CsvRows(this, names, null);
  }

  private static String told(String mark) {
    return mark.equals("\t") ? "tabs" : Quote.value(mark);
  }

  private static String advice(String mark) {
    return CsvDialect.option(mark)
        .map(option -> "; say so by " + option + ", or separate them by commas")
        .orElse("; separate them by commas");
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public String advice() {
    String header = String.join("\n", columns);
    for (String mark : List.of(";", "\t", "|", ",")) {
      if (dialect.header()
          && header.split(Pattern.quote(mark), -1).length > columns.size()
          && mark.charAt(0) != dialect.delimiter(file.name())) {
        return "; the columns seem to be separated by " + told(mark) + advice(mark);
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
    if (again != null) {
      CSVRecord read = again;
      again = null;
      return read;
    }
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
    return file.failed(dialect.charset(), e);
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
