package org.pmf4j.api.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A native library that its loader unpacked to the temporary folder and deletes when the virtual
 * machine ends. A machine that is killed deletes nothing, so the name is taken away as soon as the
 * library is loaded: Linux keeps the content for as long as it is mapped, and tells which files
 * are. On other systems nothing is done. Several threads may use it at once.
 *
 * @since API version 2
 */
public final class TemporaryLibrary {
  private static final Path MAPPED = Path.of("/proc/self/maps");
  private static final int COLUMNS = 6;
  private static final Set<String> DONE = ConcurrentHashMap.newKeySet();

  private TemporaryLibrary() {}

  /**
   * Deletes what this process has loaded from the temporary folder; the first call for a prefix
   * does it, and later ones nothing.
   *
   * @param prefix what the file's name begins with
   * @param companions ends of the names of further files, which stand behind the library's own name
   */
  public static void forget(String prefix, String... companions) {
    if (!DONE.add(prefix) || !Files.isReadable(MAPPED)) {
      return;
    }
    try (Stream<String> lines = Files.lines(MAPPED)) {
      for (Path file : lines.flatMap(line -> named(line, prefix)).distinct().toList()) {
        Files.deleteIfExists(file);
        for (String end : companions) {
          Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
        }
      }
    } catch (IOException e) {
      return; // its loader deletes it in the end
    }
  }

  /** A line is an address range, rights, an offset, a device, an inode and a path. */
  private static Stream<Path> named(String line, String prefix) {
    String[] columns = line.split("\\s+", COLUMNS);
    if (columns.length < COLUMNS || !columns[COLUMNS - 1].startsWith("/")) {
      return Stream.empty();
    }
    Path file = Path.of(columns[COLUMNS - 1]);
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    return file.getFileName().toString().startsWith(prefix) && isSame(file.getParent(), folder)
        ? Stream.of(file)
        : Stream.empty();
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false;
    }
  }
}
