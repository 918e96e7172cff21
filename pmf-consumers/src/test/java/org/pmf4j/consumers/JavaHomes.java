package org.pmf4j.consumers;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Versions of Java on this machine: those that {@code PMF_JAVA_HOMES} names, a list like a class
 * path, the one that runs this, and those beside it.
 */
final class JavaHomes {
  private static final Path THIS = Path.of(System.getProperty("java.home"));

  private JavaHomes() {}

  /** The command that starts a version; a test that wants one that is not here is skipped. */
  static Path java(int version) {
    return homes()
        .filter(home -> version(home) == version)
        .findFirst()
        .map(home -> home.resolve("bin/java"))
        .orElseGet(
            () ->
                abort(
                    "there is no Java " + version + " on this machine; PMF_JAVA_HOMES names more"));
  }

  private static Stream<Path> homes() {
    String named = System.getenv().getOrDefault("PMF_JAVA_HOMES", "");
    Stream<Path> told =
        Stream.of(named.split(File.pathSeparator)).filter(n -> !n.isBlank()).map(Path::of);
    return Stream.of(told, Stream.of(THIS), beside()).flatMap(homes -> homes);
  }

  private static Stream<Path> beside() {
    try (Stream<Path> homes = Files.list(THIS.getParent())) {
      return homes.sorted().toList().stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  /** Of the file {@code release} that every Java has; 0 where it cannot be told. */
  private static int version(Path home) {
    Path release = home.resolve("release");
    if (!Files.isReadable(release) || !Files.isExecutable(home.resolve("bin/java"))) {
      return 0;
    }
    try (Reader in = Files.newBufferedReader(release)) {
      Properties properties = new Properties();
      properties.load(in);
      String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
      return Integer.parseInt(version.replaceFirst("\\D.*", ""));
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
