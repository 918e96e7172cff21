package org.pmf4j.api.backend;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

/**
 * An engine's failure in words of this project, for backends: what it says itself is meant for who
 * knows its sources, and stays in the cause. Has no state: any thread may call it.
 */
public final class EngineFailure {
  private static final Pattern BYTES = Pattern.compile("(?i)(\\d{4,}) bytes");
  private static final Pattern MEMORY =
      Pattern.compile("(?i)alloc|memory|\\bOOM\\b|resource exhausted");
  private static final Pattern INDEX = Pattern.compile("(?i)index|indices");

  private EngineFailure() {}

  /**
   * A failure of a program or transfer.
   *
   * @param where what was computed, such as {@code program 'trunk'}
   * @param engine the engine's name
   * @param cause what it threw
   * @return an exception of one line: of kind {@code ENVIRONMENT} where memory is short, else
   *     {@code COMPUTATION}
   */
  public static PmfException tell(String where, String engine, Throwable cause) {
    String line = firstLine(cause);
    if (INDEX.matcher(line).find()) {
      return new PmfException(
          ErrorKind.COMPUTATION,
          where
              + ": an index lies outside the rows of the table that it chooses from; inputs and"
              + " weights do not belong together",
          cause);
    }
    if (MEMORY.matcher(line).find()) {
      Matcher bytes = BYTES.matcher(line);
      String how = bytes.find() ? " for " + size(bytes.group(1)) : "";
      return PmfException.environment(
          where + ": there is not enough memory" + how + "; use a smaller batch", cause);
    }
    return new PmfException(
        ErrorKind.COMPUTATION,
        where + ": " + engine + " failed; what it says itself is in the cause, which --debug shows",
        cause);
  }

  private static String size(String bytes) {
    double gibibytes = Double.parseDouble(bytes) / (1L << 30);
    return String.format(Locale.ROOT, "%,.1f GiB", gibibytes);
  }

  /** The first line of the innermost message, in the engine's words. */
  public static String firstLine(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null ? cause.toString() : message.strip().lines().findFirst().orElse("");
  }
}
