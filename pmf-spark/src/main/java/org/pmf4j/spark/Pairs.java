package org.pmf4j.spark;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/** Values by name in a parameter of Spark's, which has none of maps: NAME=VALUE each. */
final class Pairs {
  private Pairs() {}

  /**
   * By name, what a parameter says, in order.
   *
   * @param param its name, for messages
   * @throws PmfException if one is not of the form NAME=VALUE
   */
  static Map<String, String> of(String param, String... values) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : values) {
      int at = pair.indexOf('=');
      if (at < 1) {
        throw PmfException.usage(Quote.value(pair) + " is no NAME=VALUE of the parameter " + param);
      }
      pairs.put(pair.substring(0, at), pair.substring(at + 1));
    }
    return pairs;
  }

  /** The same with one more, or another value of a name. */
  static String[] with(String[] values, String name, String value) {
    return Stream.concat(
            Arrays.stream(values).filter(pair -> !pair.startsWith(name + "=")),
            Stream.of(name + "=" + value))
        .toArray(String[]::new);
  }
}
