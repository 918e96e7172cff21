package org.pmf4j.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Tiny encoders and data to run commands on. */
final class FixtureSamples {
  static final Path ROOT = root();

  /** 16 rows of image, text, label: circle, square or triangle. */
  static final Path TABLE = ROOT.resolve("curve/train.csv");

  static final Path IMAGE = ROOT.resolve("curve/images/00.png");
  static final Path IMAGE_ENCODER = ROOT.resolve("encoders/image-16");
  static final Path TEXT_ENCODER = ROOT.resolve("encoders/text-16");

  private FixtureSamples() {}

  /** The words of a short training; more words may override them. */
  static Object[] train(Path out, Object... more) {
    return with(
        new Object[] {
          "train",
          "--data",
          TABLE,
          "--encoder",
          "image=" + IMAGE_ENCODER,
          "--encoder",
          "text=" + TEXT_ENCODER,
          "--out",
          out,
          "--epochs",
          2,
          "--batch-size",
          8,
          "--no-cache"
        },
        more);
  }

  static Object[] with(Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray();
  }

  /** A copy of a folder of files. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  /** A table of these rows. */
  static Path table(Path folder, String... rows) throws IOException {
    return Files.write(folder.resolve("table.csv"), List.of(rows));
  }

  private static Path root() {
    try {
      return Path.of(FixtureSamples.class.getResource("/parity/pmf").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
