package org.pmf4j.cli.fetch;

import java.io.PrintStream;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.hub.fetch.FetchListener;

/**
 * Shows what is fetched as other work is shown, in kilobytes. Safe for several threads as far as
 * the progress is.
 *
 * @param progress shows it, and says when to stop
 * @param err where it is told that the hub is waited for
 */
record FetchProgress(Progress progress, PrintStream err) implements FetchListener {
  private static final long KILOBYTE = 1_000;

  @Override
  public Transfer begin(String file, long total, long done) {
    Progress.Bar bar = progress.begin(file, total / KILOBYTE, "kB");
    if (done >= KILOBYTE) {
      bar.advance(done / KILOBYTE, "");
    }
    return new Kilobytes(bar, done);
  }

  @Override
  public void waiting(String why) {
    err.println(Quote.message(why));
  }

  @Override
  public boolean stopRequested() {
    return progress.stopRequested();
  }

  /** Bytes as they come, told when they make a kilobyte. */
  private static final class Kilobytes implements Transfer {
    private final Progress.Bar bar;
    private long bytes;

    Kilobytes(Progress.Bar bar, long bytes) {
      this.bar = bar;
      this.bytes = bytes;
    }

    @Override
    public void advance(long more) {
      long before = bytes / KILOBYTE;
      bytes += more;
      if (bytes / KILOBYTE > before) {
        bar.advance(bytes / KILOBYTE - before, "");
      }
    }

    @Override
    public void close() {
      bar.close();
    }
  }
}
