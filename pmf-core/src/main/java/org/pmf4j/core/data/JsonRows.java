package org.pmf4j.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/**
 * Objects one after the other, on lines of their own or not, or in one list. Numbers are kept as
 * they are written, NaN and Infinity among them, which some tools write.
 */
final class JsonRows implements Rows {
  private static final int DEEPEST = 64;
  private static final int LONGEST_TEXT = 1 << 30;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Path file;
  private final JsonParser parser;
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final boolean list;
  private long row;
  private long line = 1;

  private JsonRows(Path file, JsonParser parser) throws IOException {
    this.file = file;
    this.parser = parser;
    this.list = parser.nextToken() == JsonToken.START_ARRAY;
    if (list) {
      parser.nextToken();
    }
  }

  static JsonRows open(Path file) {
    Reader reader = TableText.open(file);
    try {
      JsonParser parser = JSON.createParser(reader);
      try {
        return new JsonRows(file, parser);
      } catch (JsonProcessingException e) {
        parser.close();
        throw broken(Row.place(file, 1, e.getLocation().getLineNr()), e, true);
      }
    } catch (IOException e) {
      throw TableText.failed(file, e);
    }
  }

  @Override
  public List<String> columns() {
    return Collections.unmodifiableList(names);
  }

  @Override
  public Row next() {
    boolean between = true;
    try {
      JsonToken token = parser.currentToken();
      if (token == null) {
        return null;
      }
      line = parser.currentTokenLocation().getLineNr();
      if (list && token == JsonToken.END_ARRAY) {
        requireEnd();
        return null;
      }
      String place = Row.place(file, ++row, line);
      if (token != JsonToken.START_OBJECT) {
        throw PmfException.input(
            place + ": not a JSON object; a row is written as {\"column\": value, …}");
      }
      between = false;
      Cell.Fields object = fields(place);
      between = true;
      requireRow(object);
      parser.nextToken();
      return row(place, object);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      long number = between ? row + 1 : row;
      long begins = between && at != null ? at.getLineNr() : line;
      throw broken(Row.place(file, Math.max(1, number), begins), e, between);
    } catch (IOException e) {
      throw TableText.failed(file, e);
    }
  }

  private void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "%s line %d: something follows the list of rows; put all of them into one list",
              file,
              parser.currentTokenLocation().getLineNr()));
    }
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

  private Cell value(String place) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(place);
      case START_ARRAY -> items(place);
      case VALUE_NULL -> Cell.none();
      case VALUE_TRUE, VALUE_FALSE -> new Cell.Scalar(Cell.Kind.BOOLEAN, parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      default -> Cell.of(parser.getText());
    };
  }

  /** Not-a-numbers have names of several spellings. */
  private static Cell number(String text) {
    String known =
        switch (text) {
          case "INF", "+INF", "+Infinity" -> "Infinity";
          case "-INF" -> "-Infinity";
          default -> text;
        };
    return new Cell.Scalar(Cell.Kind.NUMBER, known);
  }

  private Cell.Fields fields(String place) throws IOException {
    Map<String, Cell> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (fields.put(name, value(place)) != null) {
        throw PmfException.input(place + ": the key " + Quote.value(name) + " stands there twice");
      }
    }
    return new Cell.Fields(fields);
  }

  private Cell.Items items(String place) throws IOException {
    List<Cell> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(place));
    }
    return new Cell.Items(items);
  }

  private static PmfException broken(String place, JsonProcessingException e, boolean between) {
    if (e instanceof StreamConstraintsException) {
      return PmfException.input(
          String.format(
              Locale.ROOT,
              "%s: lists or objects within each other deeper than %d, or a name or number of"
                  + " unreasonable length",
              place,
              DEEPEST),
          e);
    }
    if (e instanceof JsonEOFException) {
      return PmfException.input(
          place + ": not valid JSON: the file ends before the row does; it may be cut off", e);
    }
    JsonLocation at = e.getLocation();
    return PmfException.input(
        String.format(
            Locale.ROOT,
            "%s: not valid JSON at line %d, character %d: %s",
            place,
            at.getLineNr(),
            at.getColumnNr(),
            between
                ? "an object must begin there; no commas stand between the lines of JSON lines"
                : "keys and texts stand in double quotes, commas between values and not behind the"
                    + " last, and nothing else is known but numbers, true, false and null"),
        e);
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      return; // Nothing was written
    }
  }
}
