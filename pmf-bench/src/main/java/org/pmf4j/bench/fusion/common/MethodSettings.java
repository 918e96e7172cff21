package org.pmf4j.bench.fusion.common;

import java.util.Locale;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * The settings of a method, checked as they are read. Immutable, so that any number of threads may
 * share it.
 *
 * @param method its name, for messages
 * @param values by key, complete
 */
public record MethodSettings(String method, Map<String, Object> values) {

  /**
   * A whole number.
   *
   * @throws PmfException if it is not within {@code least} and {@code most}
   */
  public int whole(String key, int least, int most) {
    int value = ((Number) values.get(key)).intValue();
    if (value < least || value > most) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT, "%s of %s must be %d to %d, got %d", key, method, least, most, value));
    }
    return value;
  }

  /**
   * A number.
   *
   * @throws PmfException if it is not within {@code least} and {@code most}
   */
  public double number(String key, double least, double most) {
    double value = ((Number) values.get(key)).doubleValue();
    if (!(value >= least && value <= most)) {
      throw PmfException.usage(
          String.format(
              Locale.ROOT, "%s of %s must be %s to %s, got %s", key, method, least, most, value));
    }
    return value;
  }

  /** A text. */
  public String text(String key) {
    return String.valueOf(values.get(key));
  }
}
