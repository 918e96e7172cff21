package org.pmf4j.cli.serve;

import java.time.Duration;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.serve.answer.InputLimits;
import org.pmf4j.serve.web.Bounds;
import picocli.CommandLine.Option;

/** How much is taken, waited for and kept. For one thread at a time. */
public final class LimitOptions {
  private static final int MOST_BODY = 1 << 30;

  @Option(
      names = "--max-delay",
      paramLabel = "TIME",
      description =
          "how long a record waits at most for others to be computed with (default: ${DEFAULT-VALUE})")
  private String delay = "3ms";

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "records that are computed at once, at most (default: ${DEFAULT-VALUE})")
  private int batch = 32;

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "records that may be accepted and not answered; more are refused with status 429"
              + " (default: ${DEFAULT-VALUE})")
  private int queue = 256;

  @Option(
      names = "--cache",
      paramLabel = "SIZE",
      description =
          "memory for what is shared of recent inputs (default: a quarter of the Java heap, at most"
              + " 256m)")
  private String cache;

  @Option(
      names = "--request-time",
      paramLabel = "TIME",
      description = "how long a request may take (default: ${DEFAULT-VALUE})")
  private String time = "60s";

  @Option(
      names = "--max-body",
      paramLabel = "SIZE",
      description = "the largest body of a request (default: ${DEFAULT-VALUE})")
  private String body = "32m";

  @Option(
      names = "--max-file",
      paramLabel = "SIZE",
      description = "the largest picture or sound (default: ${DEFAULT-VALUE})")
  private String file = "16m";

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "width times height of the largest picture (default: ${DEFAULT-VALUE})")
  private long pixels = InputLimits.STANDARD.pixels();

  @Option(
      names = "--max-seconds",
      paramLabel = "N",
      description = "the longest sound (default: ${DEFAULT-VALUE})")
  private double seconds = InputLimits.STANDARD.seconds();

  @Option(
      names = "--max-text",
      paramLabel = "N",
      description = "characters of the longest text (default: ${DEFAULT-VALUE})")
  private int text = InputLimits.STANDARD.text();

  /** Bounds of what is computed. */
  PoolOptions pool() {
    requirePositive("--batch-size", batch);
    requirePositive("--queue", queue);
    PoolOptions pool =
        PoolOptions.standard()
            .withMaxDelay(Amount.time("--max-delay", delay))
            .withMaxBatch(batch)
            .withQueue(queue);
    return cache == null
        ? pool
        : pool.withCacheBytes(Amount.bytes("--cache", cache, Runtime.getRuntime().maxMemory() / 2));
  }

  /** Bounds of connections: bodies of four of the largest requests are in memory at once. */
  Bounds bounds() {
    int most = (int) Amount.bytes("--max-body", body, MOST_BODY);
    Duration longest = Amount.time("--request-time", time);
    long heap = Runtime.getRuntime().maxMemory();
    return new Bounds(
        most,
        Math.max(most, Math.min(8L * most, heap / 4)),
        Bounds.STANDARD.connections(),
        Bounds.STANDARD.idle(),
        longest,
        longest.plusSeconds(1));
  }

  /** Bounds of values. */
  InputLimits limits() {
    requirePositive("--max-pixels", (double) pixels);
    requirePositive("--max-seconds", seconds);
    requirePositive("--max-text", text);
    return new InputLimits(
        (int) Amount.bytes("--max-file", file, MOST_BODY), text, pixels, seconds);
  }

  private static void requirePositive(String option, double value) {
    if (!(value > 0)) {
      throw PmfException.usage(option + " is a number above 0");
    }
  }
}
