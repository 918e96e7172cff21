package org.pmf4j.api.encoder;

import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.error.PmfException;

/**
 * An encoder's {@code config.json} (or another JSON object of its directory), read strictly.
 *
 * @param source the file, for messages
 * @param values the parsed object: strings, numbers, booleans, lists and maps
 */
public record EncoderConfig(String source, Map<String, Object> values) {

  /** An integer that must be there, above 0. */
  public int size(String key) {
    Object v = required(key);
    if (v instanceof Number n && n.longValue() == n.doubleValue() && n.longValue() > 0) {
      return Math.toIntExact(n.longValue());
    }
    throw wrong(key, "a whole number above 0", v);
  }

  /** An integer above 0, or {@code otherwise} where the key is absent or null. */
  public int size(String key, int otherwise) {
    return values.get(key) == null ? otherwise : size(key);
  }

  /** A number, or {@code otherwise} where the key is absent or null. */
  public double number(String key, double otherwise) {
    Object v = values.get(key);
    if (v == null) {
      return otherwise;
    }
    if (v instanceof Number n) {
      return n.doubleValue();
    }
    throw wrong(key, "a number", v);
  }

  /** A string, or {@code otherwise} where the key is absent or null. */
  public String text(String key, String otherwise) {
    Object v = values.get(key);
    if (v == null) {
      return otherwise;
    }
    if (v instanceof String s) {
      return s;
    }
    throw wrong(key, "a string", v);
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
        source + ": \"" + key + "\" must be " + expected + ", found " + found);
  }

  private Object required(String key) {
    Object v = values.get(key);
    if (v == null) {
      throw PmfException.input(source + ": \"" + key + "\" is missing");
    }
    return v;
  }
}
