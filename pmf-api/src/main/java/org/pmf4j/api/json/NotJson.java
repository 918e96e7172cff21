package org.pmf4j.api.json;

import java.util.Locale;

/**
 * A text that is not JSON in the dialect of this package. Immutable, so that any number of threads
 * may share it.
 *
 * @since API version 2
 */
public final class NotJson extends Exception {
  private static final long serialVersionUID = 1L;

  private final Fault fault;
  private final long line;
  private final long column;
  private final String reason;

  /** What kind of fault it is. */
  public enum Fault {
    /** Something stands where JSON has something else. */
    SYNTAX,
    /** The text ends where a value does not. */
    TRUNCATED,
    /** An object has a key twice. */
    DUPLICATE,
    /** It is nested too deep, or a number or string is too long. */
    LIMIT
  }

  NotJson(Fault fault, long line, long column, String reason) {
    super(
        String.format(Locale.ROOT, "line %d is not JSON: %s, at column %d", line, reason, column));
    this.fault = fault;
    this.line = line;
    this.column = column;
    this.reason = reason;
  }

  /** What kind of fault it is. */
  public Fault fault() {
    return fault;
  }

  /** The line, from 1. */
  public long line() {
    return line;
  }

  /** The column, in UTF-16 units from 1. */
  public long column() {
    return column;
  }

  /** What is wrong there, in a few words. */
  public String reason() {
    return reason;
  }
}
