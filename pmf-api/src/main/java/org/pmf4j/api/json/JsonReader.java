package org.pmf4j.api.json;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.json.NotJson.Fault;

/**
 * Reads JSON in the dialect of this package, one value after the other, without more of the text in
 * memory than the value that it makes. For one thread at a time.
 *
 * @param <V> what becomes of values
 */
public final class JsonReader<V> implements AutoCloseable {
  /** More objects and lists within each other are no data, and would run out of stack. */
  public static final int DEEPEST = 64;

  private static final int LONGEST_NUMBER = 1_000;
  private static final int LONGEST_TEXT = 1 << 30;
  private static final int BUFFER = 1 << 13;
  private static final int END = -1;

  /** The key under which transformers, from version 5 on, names a number that is not finite. */
  private static final String FLOAT = "__float__";

  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private final Reader in;
  private final ValueFactory<V> values;
  private final char[] buffer = new char[BUFFER];
  private int at;
  private int end;

  /** Characters of the text before the buffer's first. */
  private long before;

  private long line = 1;

  /** Characters of the text before the line's first. */
  private long lineStart;

  private boolean carriageReturn;

  /**
   * A reader of a text behind its byte order mark.
   *
   * @param in read in pieces of thousands of characters; {@link #close} closes it
   * @param values makes the values
   */
  public JsonReader(Reader in, ValueFactory<V> values) {
    this.in = in;
    this.values = values;
  }

  /**
   * Reads a text that is one value.
   *
   * @throws NotJson if it is none, or something follows
   * @throws IOException if the text cannot be read
   */
  public V value() throws IOException, NotJson {
    V value = next();
    if (peek() != END) {
      throw wrong("nothing may follow the value");
    }
    return value;
  }

  /**
   * Reads a text that is one object.
   *
   * @throws NotJson if it is none, or something follows
   * @throws IOException if the text cannot be read
   */
  public V object() throws IOException, NotJson {
    require('{');
    V object = object(1);
    if (peek() != END) {
      throw wrong("nothing may follow the object");
    }
    return object;
  }

  /**
   * Reads the next value of a text that has several.
   *
   * @throws NotJson if there is none
   * @throws IOException if the text cannot be read
   */
  public V next() throws IOException, NotJson {
    return within(0);
  }

  /**
   * The next character that is no white space, which stays where it is.
   *
   * @return -1 where the text ends
   * @throws IOException if the text cannot be read
   */
  public int peek() throws IOException {
    while (at < end || fill()) {
      char c = buffer[at];
      if (c != ' ' && c != '\n' && c != '\t' && c != '\r') {
        carriageReturn = false;
        return c;
      }
      at++;
      if (c == '\n' || c == '\r') {
        line += c == '\n' && carriageReturn ? 0 : 1;
        lineStart = before + at;
      }
      carriageReturn = c == '\r';
    }
    return END;
  }

  /**
   * Goes past the next character that is no white space, if it is this one.
   *
   * @return whether it was
   * @throws IOException if the text cannot be read
   */
  public boolean take(char c) throws IOException {
    boolean there = peek() == c;
    at += there ? 1 : 0;
    return there;
  }

  /** The line that has been reached, from 1: after {@link #peek}, that of what comes next. */
  public long line() {
    return line;
  }

  /** The column that has been reached, in UTF-16 units from 1. */
  public long column() {
    return before + at - lineStart + 1;
  }

  /** Closes the text. */
  @Override
  public void close() throws IOException {
    in.close();
  }

  /** A value that stands within so many objects and lists. */
  private V within(int depth) throws IOException, NotJson {
    int c = peek();
    if (c == '"') {
      at++;
      return values.text(string());
    }
    if (c != '{' && c != '[') {
      return word(depth);
    }
    if (depth == DEEPEST) {
      throw limit("lists or objects within each other deeper than " + DEEPEST);
    }
    at++;
    return c == '{' ? object(depth + 1) : list(depth + 1);
  }

  private V object(int depth) throws IOException, NotJson {
    Map<String, V> fields = new LinkedHashMap<>();
    String tag = null;
    if (!take('}')) {
      do {
        require('"');
        long keyLine = line;
        long keyColumn = column() - 1;
        String key = string();
        require(':');
        if (fields.isEmpty() && key.equals(FLOAT) && take('"')) {
          tag = string();
          fields.put(key, values.text(tag));
          continue;
        }
        int count = fields.size();
        fields.put(key, within(depth));
        if (fields.size() == count) {
          String twice = '"' + Quoted.of(key) + "\" stands there twice";
          throw new NotJson(Fault.DUPLICATE, keyLine, keyColumn, twice);
        }
      } while (take(','));
      require('}');
    }
    boolean number = depth > 1 && fields.size() == 1 && tag != null && NOT_FINITE.contains(tag);
    return number ? values.number(tag) : values.object(fields);
  }

  private V list(int depth) throws IOException, NotJson {
    List<V> elements = new ArrayList<>();
    if (!take(']')) {
      do {
        elements.add(within(depth));
      } while (take(','));
      require(']');
    }
    return values.list(elements);
  }

  /** The rest of a string behind its first quote. */
  private String string() throws IOException, NotJson {
    StringBuilder longer = null;
    while (true) {
      int from = at;
      char c = skipPlain();
      if (c == '"' && longer == null) {
        return new String(buffer, from, at++ - from);
      }
      longer = longer == null ? new StringBuilder() : longer;
      longer.append(buffer, from, at - from);
      if (longer.length() > LONGEST_TEXT) {
        throw limit("a string of more than " + LONGEST_TEXT + " characters");
      }
      if (at == end) {
        if (!fill()) {
          throw truncated();
        }
      } else if (c < ' ') {
        throw wrong("a line or control character within a string");
      } else {
        at++;
        if (c == '"') {
          return longer.toString();
        }
        longer.append(escaped());
      }
    }
  }

  /**
   * Goes to the next character of a string that is not itself, or to the buffer's end.
   *
   * @return that character; nothing of meaning at the buffer's end
   */
  private char skipPlain() {
    char[] text = buffer;
    int i = at;
    int stop = end;
    char c = 0;
    while (i < stop) {
      c = text[i];
      if (c == '"' || c == '\\' || c < ' ') {
        break;
      }
      i++;
    }
    at = i;
    return i < stop ? c : 0;
  }

  private char escaped() throws IOException, NotJson {
    long column = column() - 1;
    char c = following();
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    if (c != 'u') {
      throw wrong(column, "an unknown escape \\" + Quoted.of(c));
    }
    char[] digits = {following(), following(), following(), following()};
    int code = 0;
    for (char digit : digits) {
      int value = digit < 0x80 ? Character.digit(digit, 16) : -1;
      if (value < 0) {
        throw wrong(column, "\\u" + Quoted.of(String.valueOf(digits)) + " is no character");
      }
      code = 16 * code + value;
    }
    return (char) code;
  }

  private char following() throws IOException, NotJson {
    if (at == end && !fill()) {
      throw truncated();
    }
    return buffer[at++];
  }

  /** A number, {@code true}, {@code false} or {@code null}. */
  private V word(int depth) throws IOException, NotJson {
    long column = column();
    String word = restOfWord();
    while (at == end && word.length() <= LONGEST_NUMBER && fill()) {
      word += restOfWord();
    }
    if (NumberSyntax.matches(word) && word.length() <= LONGEST_NUMBER
        || NOT_FINITE.contains(word)) {
      return values.number(word);
    }
    return switch (word) {
      case "true" -> values.flag(true);
      case "false" -> values.flag(false);
      case "null" -> values.nothing();
      default -> {
        boolean cut = depth > 0 && at == end && word.length() <= LONGEST_NUMBER;
        throw cut ? truncated() : noWord(word, column);
      }
    };
  }

  /** As far as it is in the buffer. */
  private String restOfWord() {
    int from = at;
    while (at < end && !endsWord(buffer[at])) {
      at++;
    }
    return new String(buffer, from, at - from);
  }

  private NotJson noWord(String word, long column) {
    if (NumberSyntax.matches(word)) {
      String tooLong = "a number of more than " + LONGEST_NUMBER + " characters";
      return new NotJson(Fault.LIMIT, line, column, tooLong);
    }
    if (word.isEmpty() && at == end) {
      return truncated();
    }
    String found = word.isEmpty() ? String.valueOf(buffer[at]) : word;
    return wrong(column, "unexpected '" + Quoted.of(found) + "'");
  }

  private static boolean endsWord(char c) {
    return c <= ' ' || c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || c == '{'
        || c == '[';
  }

  private void require(char c) throws IOException, NotJson {
    if (!take(c)) {
      int found = peek();
      throw found == END
          ? truncated()
          : wrong("expected '" + c + "', found '" + Quoted.of((char) found) + "'");
    }
  }

  private boolean fill() throws IOException {
    before += end;
    at = 0;
    end = Math.max(0, in.read(buffer, 0, BUFFER));
    return end > 0;
  }

  private NotJson wrong(String what) {
    return wrong(column(), what);
  }

  private NotJson wrong(long column, String what) {
    return new NotJson(Fault.SYNTAX, line, column, what);
  }

  private NotJson limit(String what) {
    return new NotJson(Fault.LIMIT, line, column(), what);
  }

  private NotJson truncated() {
    return new NotJson(Fault.TRUNCATED, line, column(), "it ends too early");
  }
}
