package org.pmf4j.bench.report;

import java.util.Locale;

/**
 * Numbers as reports write them: three digits or so, with their unit. Has no state: any thread may
 * call it.
 */
public final class Numbers {
  private Numbers() {}

  /** A time such as {@code 4.61 ms}, {@code 461 ms} or {@code 4,610 ms}. */
  public static String milliseconds(double ms) {
    return plain(ms) + " ms";
  }

  /** A size such as {@code 173 MB} or {@code 3.25 GB}; powers of ten. */
  public static String bytes(double bytes) {
    if (bytes < 1e6) {
      return plain(bytes / 1e3) + " kB";
    }
    return bytes < 1e9 ? plain(bytes / 1e6) + " MB" : plain(bytes / 1e9) + " GB";
  }

  /** A ratio such as {@code 6.2×}. */
  public static String times(double ratio) {
    return plain(ratio) + "×";
  }

  /** A share such as {@code 12.3 %}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** A small difference such as {@code 1.2e-06}, relative to something. */
  public static String relative(double x) {
    return x == 0 ? "0" : String.format(Locale.ROOT, "%.1e", x);
  }

  /** Three digits or all before the point. */
  public static String plain(double x) {
    double size = Math.abs(x);
    String format = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size == 0 ? "%.0f" : "%.2f";
    if (size > 0 && size < 0.01) {
      format = "%.1e";
    }
    return String.format(Locale.ROOT, format, x);
  }
}
