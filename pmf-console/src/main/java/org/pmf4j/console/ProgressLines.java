package org.pmf4j.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.pmf4j.core.progress.Progress;

/**
 * Progress as lines: one every ten seconds at most, and one at the end of work that took a second
 * or more.
 */
final class ProgressLines implements Progress.Bar {
  private static final double BETWEEN = 10;
  private static final double WORTH_TELLING = 1;

  private final PrintStream out;
  private final LongSupplier nanos;
  private final String what;
  private final long total;
  private final String unit;
  private final long began;
  private long told;
  private long done;
  private String note = "";

  ProgressLines(PrintStream out, LongSupplier nanos, String what, long total, String unit) {
    this.out = out;
    this.nanos = nanos;
    this.what = what;
    this.total = total;
    this.unit = unit;
    this.began = nanos.getAsLong();
    this.told = began;
  }

  @Override
  public synchronized void advance(long units, String remark) {
    done += units;
    note = remark;
    if (since(told) >= BETWEEN && total == Progress.UNKNOWN) {
      told = nanos.getAsLong();
      tell("going on");
    } else if (since(told) >= BETWEEN && done < total) {
      told = nanos.getAsLong();
      double left = since(began) / done * (total - done);
      tell(String.format(Locale.ROOT, "%d %%, %s left", 100 * done / total, Durations.text(left)));
    }
  }

  @Override
  public synchronized void close() {
    if (since(began) >= WORTH_TELLING) {
      tell("took " + Durations.text(since(began)));
    }
  }

  private void tell(String end) {
    String remark = note.isEmpty() ? "" : ", " + note;
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,d%s %s, %.1f/s%s, %s",
            what,
            done,
            total == Progress.UNKNOWN ? "" : String.format(Locale.ROOT, " of %,d", total),
            unit,
            done / since(began),
            remark,
            end));
  }

  private double since(long moment) {
    return (nanos.getAsLong() - moment) / 1e9;
  }
}
