package org.pmf4j.console;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.progress.Progress;

/**
 * Progress for people: a bar on a terminal, a line now and then elsewhere. For one thread at a
 * time.
 */
public final class ConsoleProgress implements Progress {
  private static final int WIDTH = 100;

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanos;

  /**
   * Progress on a stream.
   *
   * @param terminal whether {@code err} is one
   * @param nanos a clock in nanoseconds
   */
  public ConsoleProgress(PrintStream err, boolean terminal, LongSupplier nanos) {
    this.err = err;
    this.terminal = terminal;
    this.nanos = nanos;
  }

  @Override
  public Bar begin(String what, long total, String unit) {
    if (total == 0) {
      return Bar.SILENT;
    }
    String plain = Quote.plain(what);
    return terminal ? drawn(plain, total, unit) : new ProgressLines(err, nanos, plain, total, unit);
  }

  private Bar drawn(String what, long total, String unit) {
    Line line = new Line(err);
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(what)
            .setInitialMax(total)
            .setUnit(" " + unit, 1)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(line)
            .clearDisplayOnFinish()
            .showSpeed()
            .build();
    return new Bar() {
      @Override
      public void advance(long units, String note) {
        bar.stepBy(units).setExtraMessage(note.isEmpty() ? "" : " " + note);
      }

      @Override
      public void close() {
        bar.close();
        line.end();
      }
    };
  }

  /**
   * The line that the bar is drawn on; the library would leave it empty and go to the next. A bar
   * that is closed before the library's timer first drew it is not cleared by the library at all.
   */
  private static final class Line extends ConsoleProgressBarConsumer {
    private final PrintStream err;
    private boolean ended;

    Line(PrintStream err) {
      super(err, WIDTH);
      this.err = err;
    }

    @Override
    public synchronized void close() {
      err.print('\r');
      err.flush();
      ended = true;
    }

    /** Clears the line if the library did not. */
    synchronized void end() {
      if (!ended) {
        clear();
        close();
      }
    }
  }
}
