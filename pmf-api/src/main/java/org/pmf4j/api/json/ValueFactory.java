package org.pmf4j.api.json;

import java.util.List;
import java.util.Map;

/**
 * What becomes of the values that a {@link JsonReader} reads. Several threads may use one at once
 * if it keeps nothing, as {@link JavaValues} does.
 *
 * @param <V> the kind of all values; those of {@code null} may be null themselves
 * @since API version 2
 */
public interface ValueFactory<V> {
  /** A string, its escapes resolved. */
  V text(String text);

  /**
   * A number.
   *
   * @param written as it is written: a number of RFC 8259, {@code NaN}, {@code Infinity} or {@code
   *     -Infinity}
   */
  V number(String written);

  /** {@code true} or {@code false}. */
  V flag(boolean value);

  /** {@code null}. */
  V nothing();

  /**
   * A list.
   *
   * @param elements in the order of the text; the factory's own from now on
   */
  V list(List<V> elements);

  /**
   * An object.
   *
   * @param fields in the order of the text; the factory's own from now on
   */
  V object(Map<String, V> fields);
}
