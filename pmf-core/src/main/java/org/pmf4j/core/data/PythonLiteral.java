package org.pmf4j.core.data;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;

/**
 * What Python prints of an object or a list, which is how other tools put them into CSV: an object
 * of texts and bytes, {@code {'bytes': b'\x89PNG', 'path': None}}, or a list of texts and numbers,
 * {@code ['a', 5]}. JSON's spelling of them is read as well.
 */
final class PythonLiteral {
  private static final Pattern NUMBER =
      Pattern.compile("-?[0-9]{1,400}(\\.[0-9]{1,400})?(e[-+]?[0-9]{1,9})?");

  private final String text;
  private int at;

  private PythonLiteral(String text) {
    this.text = text;
  }

  /**
   * Reads an object.
   *
   * @return values by key, bytes as base64
   * @throws PmfException if it is anything else
   */
  static Map<String, Cell> object(String text) {
    return new PythonLiteral(text).object();
  }

  /**
   * Reads a list.
   *
   * @return texts, and numbers as they are written; nothing if it is anything else
   */
  static Optional<List<Cell>> list(String text) {
    try {
      return Optional.of(new PythonLiteral(text).list());
    } catch (PmfException e) {
      return Optional.empty();
    }
  }

  private Map<String, Cell> object() {
    Map<String, Cell> fields = new LinkedHashMap<>();
    expect('{');
    do {
      String key = quoted();
      expect(':');
      fields.put(key, value());
    } while (follows(','));
    expect('}');
    requireEnd();
    return fields;
  }

  private List<Cell> list() {
    List<Cell> items = new ArrayList<>();
    expect('[');
    if (!follows(']')) {
      do {
        items.add(item());
      } while (follows(','));
      expect(']');
    }
    requireEnd();
    return items;
  }

  private Cell item() {
    space();
    Matcher number = NUMBER.matcher(text).region(at, text.length());
    if (!number.lookingAt()) {
      return Cell.of(quoted());
    }
    at = number.end();
    return new Cell.Scalar(Cell.Kind.NUMBER, number.group());
  }

  private void requireEnd() {
    if (at != text.length()) {
      throw unreadable();
    }
  }

  private Cell value() {
    space();
    for (String none : new String[] {"None", "null"}) {
      if (text.startsWith(none, at)) {
        at += none.length();
        return Cell.none();
      }
    }
    if (text.startsWith("b'", at) || text.startsWith("b\"", at)) {
      at++;
      return Cell.of(Base64.getEncoder().encodeToString(bytes(quoted())));
    }
    return Cell.of(quoted());
  }

  private byte[] bytes(String chars) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(chars.length());
    for (int i = 0; i < chars.length(); i++) {
      if (chars.charAt(i) > 0xFF) {
        throw unreadable();
      }
      bytes.write(chars.charAt(i));
    }
    return bytes.toByteArray();
  }

  private String quoted() {
    space();
    char quote = next();
    if (quote != '\'' && quote != '"') {
      throw unreadable();
    }
    StringBuilder b = new StringBuilder();
    for (char c = next(); c != quote; c = next()) {
      b.append(c == '\\' ? escaped() : c);
    }
    return b.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'x' -> hex(2);
      case 'u' -> hex(4);
      case '\\', '\'', '"', '/' -> c;
      default -> throw unreadable();
    };
  }

  private char hex(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw unreadable();
      }
      value = 16 * value + digit;
    }
    return (char) value;
  }

  private boolean follows(char c) {
    space();
    boolean there = at < text.length() && text.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }

  private void expect(char c) {
    if (!follows(c)) {
      throw unreadable();
    }
  }

  private void space() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private char next() {
    if (at == text.length()) {
      throw unreadable();
    }
    return text.charAt(at++);
  }

  private static PmfException unreadable() {
    return PmfException.input(
        "an object as text that cannot be read; write paths, or JSON lines with \"path\" or"
            + " \"bytes\" in base64");
  }
}
