package org.pmf4j.api.error;

import java.util.Objects;

/** A failure that a user can act on, told in one line. */
public final class PmfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  /**
   * Makes an exception of the given kind.
   *
   * @param kind whose turn it is
   * @param message one line: where, what is wrong, what to do; made safe to print and cut by {@link
   *     Quote#message}, whatever of the input it repeats
   * @param cause what was caught, or null
   */
  public PmfException(ErrorKind kind, String message, Throwable cause) {
    super(Quote.message(String.valueOf(message)), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  /** A wrong call: {@link ErrorKind#USAGE}. */
  public static PmfException usage(String message) {
    return new PmfException(ErrorKind.USAGE, message, null);
  }

  /** Bad input: {@link ErrorKind#INPUT}. */
  public static PmfException input(String message) {
    return new PmfException(ErrorKind.INPUT, message, null);
  }

  /** Bad input found by catching {@code cause}: {@link ErrorKind#INPUT}. */
  public static PmfException input(String message, Throwable cause) {
    return new PmfException(ErrorKind.INPUT, message, cause);
  }

  /** A machine that cannot do what was asked: {@link ErrorKind#ENVIRONMENT}. */
  public static PmfException environment(String message, Throwable cause) {
    return new PmfException(ErrorKind.ENVIRONMENT, message, cause);
  }

  /** A computation that went wrong: {@link ErrorKind#COMPUTATION}. */
  public static PmfException computation(String message) {
    return new PmfException(ErrorKind.COMPUTATION, message, null);
  }

  /** Work that ended early because it was asked to: {@link ErrorKind#STOPPED}. */
  public static PmfException stopped(String message) {
    return new PmfException(ErrorKind.STOPPED, message, null);
  }

  /** Whose turn it is. */
  public ErrorKind kind() {
    return kind;
  }
}
