package org.pmf4j.core.data;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A cell as a table has it; in CSV every cell is a {@link Kind#TEXT}. */
sealed interface Cell {
  /** No value at all: a key that is null or not there. */
  static Cell none() {
    return new Scalar(Kind.NULL, "");
  }

  /** What a scalar was written as. */
  enum Kind {
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL
  }

  /** A cell of a CSV table. */
  static Cell of(String text) {
    return new Scalar(Kind.TEXT, text);
  }

  /** Whether there is nothing: null, or a text of white space alone. */
  default boolean isBlank() {
    return false;
  }

  /** Its value for a CSV file: a scalar's text as it was written, lists and objects as JSON. */
  String text();

  /** As JSON. */
  String json();

  /** One value; a number is kept as it was written. */
  record Scalar(Kind kind, String text) implements Cell {
    @Override
    public boolean isBlank() {
      return kind == Kind.NULL || kind == Kind.TEXT && Blank.is(text);
    }

    /** Whether it is NaN or an infinity, which JSON does not know but some tools write. */
    boolean isNoNumber() {
      return kind == Kind.NUMBER && !Double.isFinite(Double.parseDouble(text));
    }

    @Override
    public String json() {
      return switch (kind) {
        case NULL -> "null";
        case NUMBER, BOOLEAN -> text;
        case TEXT -> Cell.quoted(text);
      };
    }
  }

  /** A list. */
  record Items(List<Cell> items) implements Cell {
    /** Copies the list. */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String text() {
      return json();
    }

    @Override
    public String json() {
      StringJoiner all = new StringJoiner(",", "[", "]");
      items.forEach(item -> all.add(item.json()));
      return all.toString();
    }
  }

  /** An object. */
  record Fields(Map<String, Cell> fields) implements Cell {
    /** Copies the map. */
    public Fields {
      fields = new LinkedHashMap<>(fields);
    }

    @Override
    public String text() {
      return json();
    }

    @Override
    public String json() {
      StringJoiner all = new StringJoiner(",", "{", "}");
      fields.forEach((name, value) -> all.add(Cell.quoted(name) + ":" + value.json()));
      return all.toString();
    }
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
