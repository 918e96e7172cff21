package org.pmf4j.api.json;

import java.util.List;
import java.util.Map;

/**
 * Java's own values: strings, {@code Integer} or {@code Long} for whole numbers, {@code Double} for
 * others and for whole ones beyond 64 bits, booleans, lists, maps in the order of the text, and
 * null. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public enum JavaValues implements ValueFactory<Object> {
  /** The only one. */
  INSTANCE;

  /** Numbers of so many characters are within 64 bits, whatever their digits. */
  private static final int SURELY_LONG = 18;

  /** And those of more are not. */
  private static final int PERHAPS_LONG = 20;

  @Override
  public Object text(String text) {
    return text;
  }

  @Override
  public Number number(String written) {
    if (!isWhole(written) || written.length() > PERHAPS_LONG) {
      return Double.valueOf(written);
    }
    if (written.length() > SURELY_LONG && Math.abs(Double.parseDouble(written)) >= Long.MAX_VALUE) {
      return Double.valueOf(written);
    }
    long whole = Long.parseLong(written);
    if (whole == (int) whole) {
      return (int) whole;
    }
    return whole;
  }

  private static boolean isWhole(String written) {
    for (int i = written.charAt(0) == '-' ? 1 : 0; i < written.length(); i++) {
      if (written.charAt(i) < '0' || written.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public Boolean flag(boolean value) {
    return value;
  }

  @Override
  public Object nothing() {
    return null;
  }

  @Override
  public List<Object> list(List<Object> elements) {
    return elements;
  }

  @Override
  public Map<String, Object> object(Map<String, Object> fields) {
    return fields;
  }
}
