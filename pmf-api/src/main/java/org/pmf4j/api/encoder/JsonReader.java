package org.pmf4j.api.encoder;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.Quoted;

/**
 * Reads JSON (RFC 8259) strictly: this module has no library to do it. Objects become maps in the
 * order of the text, whole numbers {@code Integer} or {@code Long}, others {@code Double}. One
 * thing beyond the standard is read, as Python writes it: numbers that are not finite.
 */
final class JsonReader {
  /** Deeper nesting is no configuration, and would run out of stack. */
  private static final int DEEPEST = 64;

  private static final Map<String, Double> NOT_FINITE =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY);

  /** The key under which transformers, from version 5 on, names a number that is not finite. */
  private static final String FLOAT = "__float__";

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /** A text that is not JSON, or no object. */
  static final class NotJson extends Exception {
    private static final long serialVersionUID = 1L;

    NotJson(int line, String what) {
      super("line " + line + " is not JSON: " + what);
    }
  }

  /** Reads a text that is one object. */
  static Map<String, Object> object(String text) throws NotJson {
    JsonReader reader = new JsonReader(text);
    reader.skipBlanks();
    reader.expect('{');
    Map<String, Object> object = reader.members(0);
    reader.skipBlanks();
    if (reader.at < text.length()) {
      throw reader.wrong("nothing may follow the object");
    }
    return object;
  }

  private Object value(int depth) throws NotJson {
    if (depth > DEEPEST) {
      throw wrong("nested more than " + DEEPEST + " deep");
    }
    skipBlanks();
    char c = peek();
    if (c == '"') {
      return string();
    }
    if (c == '{' || c == '[') {
      at++;
      return c == '{' ? untagged(members(depth)) : elements(depth);
    }
    return word();
  }

  private static Object untagged(Map<String, Object> object) {
    boolean tagged = object.size() == 1 && object.get(FLOAT) instanceof String;
    Double number = tagged ? NOT_FINITE.get((String) object.get(FLOAT)) : null;
    return number == null ? object : number;
  }

  private Map<String, Object> members(int depth) throws NotJson {
    Map<String, Object> object = new LinkedHashMap<>();
    skipBlanks();
    if (take('}')) {
      return object;
    }
    do {
      skipBlanks();
      String key = string();
      skipBlanks();
      expect(':');
      if (object.containsKey(key)) {
        throw wrong("\"" + Quoted.of(key) + "\" stands there twice");
      }
      object.put(key, value(depth + 1));
      skipBlanks();
    } while (take(','));
    expect('}');
    return object;
  }

  private List<Object> elements(int depth) throws NotJson {
    List<Object> list = new ArrayList<>();
    skipBlanks();
    if (take(']')) {
      return list;
    }
    do {
      list.add(value(depth + 1));
      skipBlanks();
    } while (take(','));
    expect(']');
    return list;
  }

  private String string() throws NotJson {
    expect('"');
    StringBuilder s = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw wrong("a line or control character within a string");
      }
      s.append(c == '\\' ? escaped() : c);
    }
    return s.toString();
  }

  private char escaped() throws NotJson {
    char c = next();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (c != 'u' || at + 4 > text.length()) {
      throw wrong("an unknown escape \\" + Quoted.of(c));
    }
    String digits = text.substring(at, at + 4);
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw wrong("\\u" + Quoted.of(digits) + " is no character");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  /** A number, {@code true}, {@code false} or {@code null}. */
  private Object word() throws NotJson {
    int from = at;
    while (at < text.length() && ",:]}[{\" \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      case "null" -> null;
      default -> {
        Double notFinite = NOT_FINITE.get(word);
        yield notFinite == null ? number(word) : notFinite;
      }
    };
  }

  private Object number(String word) throws NotJson {
    if (!word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
      throw wrong("unexpected '" + Quoted.of(word.isEmpty() ? peek() : word) + "'");
    }
    double number = Double.parseDouble(word);
    if (!word.matches("-?[0-9]{1,19}") || Math.abs(number) >= Long.MAX_VALUE) {
      return number;
    }
    long whole = Long.parseLong(word);
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }

  private void skipBlanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) throws NotJson {
    if (!take(c)) {
      throw wrong(
          "expected '"
              + c
              + "'"
              + (at < text.length() ? ", found '" + Quoted.of(peek()) + "'" : ""));
    }
  }

  private char next() throws NotJson {
    char c = peek();
    at++;
    return c;
  }

  private char peek() throws NotJson {
    if (at >= text.length()) {
      throw wrong("it ends too early");
    }
    return text.charAt(at);
  }

  private NotJson wrong(String what) {
    int line =
        1
            + (int)
                text.substring(0, Math.min(at, text.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
    return new NotJson(line, what);
  }
}
