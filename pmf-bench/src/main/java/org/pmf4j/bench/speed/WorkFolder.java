package org.pmf4j.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.core.file.FolderRemoval;

/**
 * Where encoders and caches lie while they are measured: a folder that is named and kept, or one
 * that is removed in the end, also when the process is interrupted.
 *
 * @param path the folder
 * @param ending removes it; null where it is kept
 */
record WorkFolder(Path path, Thread ending) implements AutoCloseable {
  private static final String SIZES = "sizes.json";

  /**
   * Opens a folder.
   *
   * @param named the folder to keep; null for a temporary one
   * @throws PmfException if the folder holds encoders of other sizes
   */
  static WorkFolder open(Path named, Sizes sizes) {
    if (named == null) {
      Path made = makeTemporary();
      Thread ending = new Thread(() -> FolderRemoval.attempt(made));
      Runtime.getRuntime().addShutdownHook(ending);
      return new WorkFolder(made, ending);
    }
    AtomicFile.createFolders(named);
    Path file = named.resolve(SIZES);
    Map<String, Integer> encoders = sizes.withBatch(1).toMap();
    if (Files.exists(file)) {
      Map<?, ?> found = JsonFile.read(file, Map.class);
      encoders.forEach(
          (size, value) -> {
            if (!value.equals(found.get(size))) {
              throw PmfException.usage(
                  String.format(
                      Locale.ROOT,
                      "%s holds encoders with %s %s, and not %s; choose another --work",
                      named,
                      size,
                      found.get(size),
                      value));
            }
          });
    }
    JsonFile.write(file, encoders);
    return new WorkFolder(named, null);
  }

  private static Path makeTemporary() {
    try {
      return Files.createTempDirectory("pmf-bench-");
    } catch (IOException e) {
      throw FileErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  /** Bytes of all files below a folder. */
  static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    } catch (IOException e) {
      throw FileErrors.cannotRead(folder, e);
    }
  }

  @Override
  public void close() {
    if (ending != null) {
      FolderRemoval.attempt(path);
      Runtime.getRuntime().removeShutdownHook(ending);
    }
  }
}
