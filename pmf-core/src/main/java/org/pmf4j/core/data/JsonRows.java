package org.pmf4j.core.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.json.JsonReader;
import org.pmf4j.api.json.NotJson;
import org.pmf4j.api.table.Cell;

/**
 * Objects one after the other, on lines of their own or not, or in one list, in the dialect of
 * {@link org.pmf4j.api.json}. Numbers are kept as they are written, NaN and Infinity among them.
 */
final class JsonRows implements Rows {
  private static final int END = -1;

  /** What values but objects begin with. */
  private static final String OTHER_VALUES = "\"[-0123456789tfnNI";

  private final TableText file;
  private final JsonReader<Cell> reader;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final boolean list;
  private boolean ended;
  private long row;

  private JsonRows(TableText file, JsonReader<Cell> reader) throws IOException {
    this.file = file;
    this.reader = reader;
    this.list = reader.take('[');
  }

  static JsonRows open(TableText file) {
    JsonReader<Cell> reader =
        new JsonReader<>(file.open(StandardCharsets.UTF_8), CellValues.INSTANCE);
    try {
      return new JsonRows(file, reader);
    } catch (IOException e) {
      close(reader);
      throw file.failed(StandardCharsets.UTF_8, e);
    }
  }

  @Override
  public List<String> columns() {
    return Collections.unmodifiableList(names);
  }

  @Override
  public boolean namesColumnsFirst() {
    return false;
  }

  @Override
  public Row next() {
    try {
      if (!hasNext()) {
        return null;
      }
      int first = reader.peek();
      String place = Row.place(file, ++row, reader.line());
      if (first != '{') {
        throw noRow(place, first);
      }
      Cell.Fields object = fields(place);
      requireRow(object);
      return row(place, object);
    } catch (IOException e) {
      throw file.failed(StandardCharsets.UTF_8, e);
    }
  }

  /** Goes past what stands between rows. */
  private boolean hasNext() throws IOException {
    if (!list) {
      return reader.peek() != END;
    }
    if (!ended && reader.take(']')) {
      requireEnd();
      ended = true;
    }
    if (!ended && row > 0 && !reader.take(',')) {
      int found = reader.peek();
      throw noRow(Row.place(file, row + 1, reader.line()), found == END ? END : ',');
    }
    return !ended;
  }

  private void requireEnd() throws IOException {
    if (reader.peek() != END) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s line %d: something follows the list of rows; put all of them into one list",
              file,
              reader.line()));
    }
  }

  private PmfException noRow(String place, int first) {
    if (first == END) {
      return cutOff(place);
    }
    if (OTHER_VALUES.indexOf(first) >= 0) {
      return PmfException.input(
          place + ": not a JSON object; a row is written as {\"column\": value, …}");
    }
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: not valid JSON at line %d, character %d: %s",
            place,
            reader.line(),
            reader.column(),
            list
                ? "an object must begin there; commas stand between rows and not behind the last"
                : "an object must begin there; no commas stand between the lines of JSON lines"));
  }

  private Cell.Fields fields(String place) throws IOException {
    try {
      return (Cell.Fields) reader.next();
    } catch (NotJson e) {
      throw broken(place, e);
    }
  }

  private static PmfException broken(String place, NotJson e) {
    if (e.fault() == NotJson.Fault.TRUNCATED) {
      return cutOff(place);
    }
    String advice =
        e.fault() == NotJson.Fault.SYNTAX
            ? "; keys and texts stand in double quotes, commas between values and not behind the"
                + " last, and nothing else is known but numbers, true, false and null"
            : "";
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: not valid JSON at line %d, character %d: %s%s",
            place,
            e.line(),
            e.column(),
            e.reason(),
            advice),
        e);
  }

  private static PmfException cutOff(String place) {
    return PmfException.input(
        place + ": not valid JSON: the file ends before the row does; it may be cut off");
  }

  /** Pandas' own way is one object of columns, whose cells stand in objects by number. */
  private void requireRow(Cell.Fields object) {
    boolean byColumn =
        !object.fields().isEmpty()
            && object.fields().values().stream()
                .allMatch(c -> c instanceof Cell.Fields f && f.fields().containsKey("0"));
    if (byColumn) {
      throw PmfException.input(
          file
              + ": the table is written by columns; write it by rows, with pandas by"
              + " to_json(path, orient=\"records\")");
    }
  }

  private Row row(String place, Cell.Fields object) {
    for (String key : object.fields().keySet()) {
      if (positions.putIfAbsent(key, names.size()) == null) {
        names.add(key);
      }
    }
    Cell[] cells = new Cell[names.size()];
    Arrays.fill(cells, Cell.none());
    object.fields().forEach((key, cell) -> cells[positions.get(key)] = cell);
    return new Row(place, List.of(cells));
  }

  @Override
  public void close() {
    close(reader);
  }

  private static void close(JsonReader<Cell> reader) {
    try {
      reader.close();
    } catch (IOException e) {
      return; // Nothing was written
    }
  }
}
