package org.pmf4j.api.encoder;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quoted;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.api.json.Json;
import org.pmf4j.api.json.Surrogates;

/**
 * An encoder's {@code config.json} (or another JSON object of its directory), read strictly.
 * Immutable, so that any number of threads may share it.
 *
 * @param source the file, for messages
 * @param values the parsed object: strings, numbers, booleans, lists and maps
 */
public record EncoderConfig(String source, Map<String, Object> values) {

  /** Bytes of the largest file: lists of thousands of labels stay far below. */
  private static final long LARGEST = 16 << 20;

  /**
   * Reads a JSON object in UTF-8, with a byte order mark or without, in the dialect of {@link
   * org.pmf4j.api.json}. A file of more than 16 MB is refused.
   *
   * @throws PmfException naming the file, and the line and column that is not JSON
   */
  public static EncoderConfig read(Path file) {
    return read(file, LARGEST);
  }

  /**
   * Reads a JSON object of another size, as {@link #read(Path)}.
   *
   * @param most the bytes that the file may have
   */
  public static EncoderConfig read(Path file, long most) {
    return parse(file.toString(), InputFile.text(file, most));
  }

  /**
   * Parses a JSON object.
   *
   * @param source where it stands, for messages
   * @throws PmfException naming the source, and the line and column that is not JSON
   */
  public static EncoderConfig parse(String source, String json) {
    return new EncoderConfig(source, Json.object(source, json));
  }

  /**
   * Writes a JSON object, indented: beside its place, then renamed.
   *
   * @param values strings, finite numbers, booleans, lists, maps and nulls; a map with a fixed
   *     order makes equal settings equal files
   * @throws PmfException if the file cannot be written
   */
  public static void write(Path file, Map<String, ?> values) {
    AtomicFile.write(file, Json.text(values));
  }

  /** An integer that must be there, above 0. */
  public int size(String key) {
    Object v = required(key);
    if (v instanceof Number n && n.doubleValue() > Integer.MAX_VALUE) {
      throw wrong(key, "at most " + Integer.MAX_VALUE, v);
    }
    if (v instanceof Number n && n.longValue() == n.doubleValue() && n.longValue() > 0) {
      return n.intValue();
    }
    throw wrong(key, "a whole number above 0", v);
  }

  /** An integer above 0, or {@code otherwise} where the key is absent or null. */
  public int size(String key, int otherwise) {
    return values.get(key) == null ? otherwise : size(key);
  }

  /** A finite number, or {@code otherwise} where the key is absent or null. */
  public double number(String key, double otherwise) {
    Object v = values.get(key);
    if (v instanceof Number n && !Double.isFinite(n.doubleValue())) {
      throw wrong(key, "a finite number", v);
    }
    return limit(key, otherwise);
  }

  /**
   * A number that may be infinite, where nothing is limited, or {@code otherwise} where the key is
   * absent or null.
   */
  public double limit(String key, double otherwise) {
    Object v = values.get(key);
    if (v == null) {
      return otherwise;
    }
    if (v instanceof Number n && !Double.isNaN(n.doubleValue())) {
      return n.doubleValue();
    }
    throw wrong(key, "a number", v);
  }

  /** A string of whole characters, or {@code otherwise} where the key is absent or null. */
  public String text(String key, String otherwise) {
    Object v = values.get(key);
    if (v == null) {
      return otherwise;
    }
    if (v instanceof String s && Surrogates.arePaired(s)) {
      return s;
    }
    throw wrong(key, v instanceof String ? "text without halves of characters" : "a string", v);
  }

  /** A boolean, or {@code otherwise} where the key is absent or null. */
  public boolean flag(String key, boolean otherwise) {
    Object v = values.get(key);
    if (v == null) {
      return otherwise;
    }
    if (v instanceof Boolean b) {
      return b;
    }
    throw wrong(key, "true or false", v);
  }

  /** A nested object, if there is one. */
  @SuppressWarnings("unchecked")
  public Optional<EncoderConfig> object(String key) {
    Object v = values.get(key);
    if (v == null) {
      return Optional.empty();
    }
    if (v instanceof Map<?, ?> m) {
      return Optional.of(new EncoderConfig(source + " " + key, (Map<String, Object>) m));
    }
    throw wrong(key, "an object", v);
  }

  /** True if the key is there and not null. */
  public boolean has(String key) {
    return values.get(key) != null;
  }

  /** A complaint about one key: where, what was expected, what was found. */
  public PmfException wrong(String key, String expected, Object found) {
    return PmfException.input(
        source + ": \"" + key + "\" must be " + expected + ", found " + Quoted.of(found));
  }

  private Object required(String key) {
    Object v = values.get(key);
    if (v == null) {
      throw PmfException.input(source + ": \"" + key + "\" is missing");
    }
    return v;
  }
}
