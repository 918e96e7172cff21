package org.pmf4j.core.look;

import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What a cell's text is. */
final class Values {
  /** The modality that reads numbers and categories. */
  static final String TABULAR = "tabular";

  /** The modality that reads texts. */
  static final String TEXT = "text";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d{1,300}(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  private Values() {}

  /** Its number, if it is one and finite. */
  static OptionalDouble number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** How many words it has. */
  static int words(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? 0 : SPACE.split(stripped).length;
  }
}
