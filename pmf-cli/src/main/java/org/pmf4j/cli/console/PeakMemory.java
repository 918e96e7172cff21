package org.pmf4j.cli.console;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.pmf4j.bench.process.ProcessMemory;

/**
 * The most memory that this process has held, native memory included. Has no state: any thread may
 * call it.
 */
public final class PeakMemory {
  private PeakMemory() {}

  /** As text such as {@code 1.4 GiB}; empty where the system does not tell. */
  public static Optional<String> text() {
    OptionalLong bytes = ProcessMemory.peak();
    return bytes.isPresent() ? Optional.of(gibibytes(bytes.getAsLong())) : Optional.empty();
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / Math.pow(1024, 3));
  }
}
