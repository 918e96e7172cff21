package org.pmf4j.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.api.error.PmfException;

/**
 * Where a result may go: never onto what it is made from, whatever way the two are named – by
 * relative paths, symbolic or hard links, or letters in another case where the system takes them
 * for the same. Nothing is opened or changed. Immutable once built. For one thread at a time.
 */
public final class OutputPlace {
  private final Map<Path, String> files = new LinkedHashMap<>();
  private final Map<Path, String> folders = new LinkedHashMap<>();

  /**
   * Adds a file that is read; it may be missing, which is not told here.
   *
   * @param what for messages, such as {@code the table}
   */
  public OutputPlace file(String what, Path file) {
    files.put(file, what);
    return this;
  }

  /** Adds a folder all of which is read, and into which nothing may be written. */
  public OutputPlace folder(String what, Path folder) {
    folders.put(folder, what);
    return this;
  }

  /**
   * Checks a file that is to be written.
   *
   * @throws PmfException if it is one of those read, or lies in a folder that is read
   */
  public void requireFile(Path out) {
    files.forEach(
        (file, what) -> {
          if (same(out, file)) {
            throw PmfException.usage(
                out + ": is " + what + " itself, which would be lost; choose another --out");
          }
        });
    requireOutside(out);
  }

  /**
   * Checks a folder that is to be written.
   *
   * @throws PmfException if one of the files lies in it, without a folder between, or it is or lies
   *     in a folder that is read
   */
  public void requireFolder(Path out) {
    files.forEach(
        (file, what) -> {
          Path folder = file.toAbsolutePath().getParent();
          if (same(out, file) || folder != null && same(out, folder)) {
            throw PmfException.usage(
                out
                    + ": "
                    + what
                    + " lies in this folder, whose files may be replaced; choose a folder of its"
                    + " own");
          }
        });
    requireOutside(out);
  }

  private void requireOutside(Path out) {
    folders.forEach(
        (folder, what) -> {
          for (Path p = real(out); p != null; p = p.getParent()) {
            if (same(p, folder)) {
              throw PmfException.usage(
                  out
                      + ": is in the folder of "
                      + what
                      + ", which must stay as it is; choose another place");
            }
          }
        });
  }

  private static boolean same(Path a, Path b) {
    try {
      if (Files.exists(a) && Files.exists(b)) {
        return Files.isSameFile(a, b);
      }
    } catch (IOException e) {
      // Compared by name
    }
    return real(a).equals(real(b));
  }

  /** The path without links as far as it is there, and without steps upwards behind that. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath();
    for (Path there = absolute; there != null; there = there.getParent()) {
      try {
        Path rest = there.relativize(absolute);
        return there.toRealPath().resolve(rest).normalize();
      } catch (IOException e) {
        // Not there: its parent may be
      }
    }
    return absolute.normalize();
  }
}
