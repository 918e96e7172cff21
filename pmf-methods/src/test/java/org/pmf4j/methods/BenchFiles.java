package org.pmf4j.methods;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the fixtures of this package lie. */
final class BenchFiles {
  static final Path METHODS = resource("/methods");

  private BenchFiles() {}

  /** A tiny encoder. */
  static Path encoder(String name) {
    return METHODS.resolve("encoders").resolve(name);
  }

  /** The names of all cases, sorted. */
  static List<String> cases() {
    try (Stream<Path> all = Files.list(METHODS.resolve("cases"))) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path resource(String name) {
    try {
      return Path.of(BenchFiles.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
