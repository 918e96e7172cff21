package org.pmf4j.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The most memory that this process has held, native memory included. */
public final class PeakMemory {
  private static final String KEY = "VmHWM:";

  private PeakMemory() {}

  /** As text such as {@code 1.4 GiB}; empty where the system does not tell. */
  public static Optional<String> text() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(KEY))
          .findFirst()
          .map(line -> gibibytes(line.substring(KEY.length()).replace("kB", "").strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String gibibytes(String kibibytes) {
    return String.format(Locale.ROOT, "%.2f GiB", Long.parseLong(kibibytes) / 1024.0 / 1024.0);
  }
}
