package org.pmf4j.core.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.encoder.EncoderDirectory;

/**
 * Encoders' directories, hashed once for all models over them, and again when a file has changed
 * since. For one thread at a time.
 */
final class OpenedDirectories {
  /** Encoders of sentence-transformers have folders within. */
  private static final int DEPTH = 3;

  private final Map<Path, Opened> opened = new HashMap<>();

  private record Opened(List<String> files, EncoderDirectory directory) {}

  /**
   * A directory.
   *
   * @throws org.pmf4j.api.error.PmfException as {@link EncoderDirectory#open} does
   */
  EncoderDirectory get(Path path) {
    Path place = path.toAbsolutePath().normalize();
    if (!Files.isDirectory(place)) {
      return EncoderDirectory.open(path);
    }
    List<String> files = files(place);
    Opened before = opened.get(place);
    if (before != null && before.files().equals(files)) {
      return before.directory();
    }
    EncoderDirectory directory = EncoderDirectory.open(path);
    opened.put(place, new Opened(files, directory));
    return directory;
  }

  private static List<String> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory, DEPTH)) {
      return all.map(OpenedDirectories::stamp).sorted().toList();
    } catch (IOException e) {
      throw FileErrors.cannotRead(directory, e);
    }
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      String size = now.isDirectory() ? "folder" : now.size() + " " + now.lastModifiedTime();
      return file + " " + size + " " + now.fileKey();
    } catch (IOException e) {
      return file + " gone";
    }
  }
}
