package org.pmf4j.console;

import java.util.Locale;

/** Times as text. Has no state: any thread may call it. */
public final class Durations {
  private Durations() {}

  /**
   * A time, rounded as people would: {@code 0.4 s}, {@code 42 s}, {@code 3 min 5 s}, {@code 2 h 10
   * min}.
   */
  public static String text(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    if (whole < 3600) {
      return whole / 60 + " min " + whole % 60 + " s";
    }
    return whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
