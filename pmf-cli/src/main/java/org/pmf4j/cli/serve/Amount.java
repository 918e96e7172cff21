package org.pmf4j.cli.serve;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;

/** Amounts with their unit. Has no state: any thread may call it. */
final class Amount {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})([a-z]*)");
  private static final Map<String, Long> BYTES =
      Map.of("", 1L, "k", 1L << 10, "m", 1L << 20, "g", 1L << 30);
  private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);

  private Amount() {}

  /**
   * Bytes, such as {@code 32m}.
   *
   * @throws PmfException if it is no such amount, or more than {@code most}
   */
  static long bytes(String option, String text, long most) {
    long bytes = of(option, text, BYTES, "a number of bytes, such as 512k, 32m or 1g");
    if (bytes < 1 || bytes > most) {
      throw PmfException.usage(option + " is from 1 to " + most + " bytes, not " + text);
    }
    return bytes;
  }

  /**
   * A time, such as {@code 3ms}.
   *
   * @throws PmfException if it is none
   */
  static Duration time(String option, String text) {
    return Duration.ofMillis(of(option, text, MILLIS, "a time, such as 3ms, 60s or 5m"));
  }

  private static long of(String option, String text, Map<String, Long> units, String wanted) {
    Matcher written = WRITTEN.matcher(text.toLowerCase(Locale.ROOT));
    if (!written.matches() || !units.containsKey(written.group(2))) {
      throw PmfException.usage(option + " is " + wanted + ", not " + Quote.value(text));
    }
    return Long.parseLong(written.group(1)) * units.get(written.group(2));
  }
}
