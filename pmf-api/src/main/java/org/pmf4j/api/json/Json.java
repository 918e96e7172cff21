package org.pmf4j.api.json;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * Whole texts of JSON, in the dialect of this package. What stands in a file is read by {@link
 * org.pmf4j.api.file.InputFile#text} first. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class Json {
  private Json() {}

  /**
   * Reads a text that is one value, such as a list in a cell of a table.
   *
   * @param source where it stands, for messages
   * @return Java's own, as {@link JavaValues} makes them; null for {@code null}
   * @throws PmfException in one line, naming the source and the line and column that is not JSON
   */
  public static Object value(String source, String text) {
    return read(source, text, new JsonReader<>(new StringReader(text), JavaValues.INSTANCE)::value);
  }

  /**
   * Reads a text that is one object.
   *
   * @return values by key, in the order of the text, as {@link JavaValues} makes them
   * @throws PmfException as {@link #value} does
   */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(String source, String text) {
    return (Map<String, Object>) object(source, text, JavaValues.INSTANCE);
  }

  /**
   * Reads a text that is one object, and makes of it what a factory does.
   *
   * @throws PmfException as {@link #value} does
   */
  public static <V> V object(String source, String text, ValueFactory<V> values) {
    return read(source, text, new JsonReader<>(new StringReader(text), values)::object);
  }

  private interface Reading<V> {
    V read() throws IOException, NotJson;
  }

  private static <V> V read(String source, String text, Reading<V> reading) {
    if (text.isBlank()) {
      throw PmfException.input(source + ": is empty; is the copy complete?");
    }
    try {
      return reading.read();
    } catch (NotJson e) {
      throw PmfException.input(source + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes an object, indented by two spaces, with a line break at its end.
   *
   * @param object strings, finite numbers, booleans, lists, maps and nulls; a map with a fixed
   *     order makes equal settings equal texts
   * @throws IllegalArgumentException for a value that JSON has not
   */
  public static String text(Map<String, ?> object) {
    return JsonWriter.text(object);
  }
}
