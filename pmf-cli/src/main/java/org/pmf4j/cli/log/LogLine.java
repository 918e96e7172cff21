package org.pmf4j.cli.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.util.regex.Pattern;

/**
 * An event as a line, {@code pmf: WARN: ...}, without a stack trace. Several threads may use it.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  /** Names of files and tensors are anybody's: nothing of them may move the cursor. */
  private static final Pattern MOVES_THE_CURSOR =
      Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

  @Override
  public String doLayout(ILoggingEvent event) {
    String message = String.valueOf(event.getFormattedMessage());
    return "pmf: "
        + event.getLevel()
        + ": "
        + MOVES_THE_CURSOR.matcher(message).replaceAll("?")
        + System.lineSeparator();
  }
}
