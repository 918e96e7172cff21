package org.pmf4j.api.modality;

import java.util.Objects;

/**
 * How large a value is in one respect. Immutable, so that any number of threads may share it.
 *
 * @param name such as {@code width}
 * @param unit such as {@code pixels}
 * @param value finite, 0 or more
 * @since API version 2
 */
public record Measure(String name, String unit, double value) {
  /**
   * Refuses null.
   *
   * @throws IllegalArgumentException for a value that is not finite, or below 0
   */
  public Measure {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(unit, "unit");
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " of " + value);
    }
  }
}
