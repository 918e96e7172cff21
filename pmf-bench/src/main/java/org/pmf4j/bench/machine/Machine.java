package org.pmf4j.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The machine that this process runs on. Immutable, so that any number of threads may share it.
 *
 * @param processor its model, or its architecture where the system does not tell the model
 * @param cores processors that this process may use
 * @param memoryBytes main memory; null where the system does not tell
 * @param system operating system, version and architecture
 * @param java the JVM and its version
 */
public record Machine(String processor, int cores, Long memoryBytes, String system, String java) {

  /** This machine. */
  public static Machine here() {
    String system =
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
    String java = System.getProperty("java.vm.name") + " " + Runtime.version();
    return new Machine(
        value("/proc/cpuinfo", "model name").orElse(System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        value("/proc/meminfo", "MemTotal")
            .map(kib -> Long.parseLong(kib.replaceAll("\\D", "")) * 1024)
            .orElse(null),
        system,
        java);
  }

  /** Memory as text such as {@code 31.3 GiB}; empty where it is not known. */
  public Optional<String> memory() {
    return Optional.ofNullable(memoryBytes)
        .map(b -> String.format(Locale.ROOT, "%.1f GiB", b / Math.pow(1024, 3)));
  }

  private static Optional<String> value(String file, String key) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(path).stream()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
