package org.pmf4j.core.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model names the directory of an encoder: by the way from the model to it, so that both may
 * move together. Symbolic links on the way make several of it.
 */
final class EncoderSource {
  private EncoderSource() {}

  /** The way from a model's directory, which exists, to an encoder's. */
  static String of(Path encoder, Path model) {
    Path to = encoder.toAbsolutePath().normalize();
    try {
      Path named = model.toAbsolutePath().normalize().relativize(to);
      Path real = model.toRealPath();
      if (leads(real.resolve(named).normalize(), encoder)) {
        return text(named);
      }
      Path fromReal = real.relativize(to);
      return text(
          leads(real.resolve(fromReal).normalize(), encoder)
              ? fromReal
              : real.relativize(encoder.toRealPath()));
    } catch (IllegalArgumentException | IOException e) {
      return to.toString(); // on another drive
    }
  }

  private static boolean leads(Path path, Path encoder) throws IOException {
    return Files.exists(path) && Files.isSameFile(path, encoder);
  }

  private static String text(Path path) {
    return path.toString().replace('\\', '/');
  }

  /**
   * The directory of an encoder.
   *
   * @param source as {@link #of} gave it
   * @return the first that exists of those that may be meant, or the plainest
   * @throws java.nio.file.InvalidPathException if it cannot be a path
   */
  static Path find(String source, Path model) {
    Path named = model.resolve(source);
    List<Path> all = new ArrayList<>(List.of(named.normalize(), named));
    try {
      all.add(model.toRealPath().resolve(source).normalize());
    } catch (IOException e) {
      return named.normalize();
    }
    return all.stream().filter(Files::isDirectory).findFirst().orElse(named.normalize());
  }
}
