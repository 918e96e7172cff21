package org.pmf4j.api.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A cell as a table has it; in CSV every cell is a {@link Kind#TEXT}. Immutable, so that any number
 * of threads may share it.
 *
 * @since API version 2
 */
public sealed interface Cell {
  /** No value at all: null, or not there. */
  static Cell none() {
    return Scalar.NONE;
  }

  /**
   * What a scalar was written as.
   *
   * @since API version 2
   */
  enum Kind {
    /** Characters. */
    TEXT,
    /** A number, NaN and infinities among them. */
    NUMBER,
    /** True or false. */
    BOOLEAN,
    /** Nothing. */
    NULL
  }

  /** A text. */
  static Cell of(String text) {
    return new Scalar(Kind.TEXT, text);
  }

  /** Whether there is nothing: null, or a text of white space alone. */
  default boolean isBlank() {
    return false;
  }

  /**
   * Its value for a CSV file: a scalar's text as it was written, lists and objects as JSON, of
   * bytes their name.
   */
  String text();

  /** As JSON; of bytes their name. */
  String json();

  /**
   * One value.
   *
   * @param kind what it was written as
   * @param text as it was written; of a number what {@link Double#parseDouble} reads; empty for
   *     null
   * @since API version 2
   */
  record Scalar(Kind kind, String text) implements Cell {
    private static final Scalar NONE = new Scalar(Kind.NULL, "");

    @Override
    public boolean isBlank() {
      return kind == Kind.NULL || kind == Kind.TEXT && Blank.is(text);
    }

    /** Whether it is NaN or an infinity, which JSON does not know but some tools write. */
    public boolean isNoNumber() {
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

  /**
   * The bytes that a file would have, such as those of a picture.
   *
   * @param name for messages, such as the path that they had; may be empty
   * @param bytes not copied; must not change
   * @since API version 2
   */
  record Bytes(String name, byte[] bytes) implements Cell {
    @Override
    public String text() {
      return name;
    }

    @Override
    public String json() {
      return Cell.quoted(name);
    }
  }

  /**
   * A list.
   *
   * @param items its elements
   * @since API version 2
   */
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

  /**
   * An object.
   *
   * @param fields by name, in order
   * @since API version 2
   */
  record Fields(Map<String, Cell> fields) implements Cell {
    /** Copies the map. */
    public Fields {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
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
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
