package org.pmf4j.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;

/** Removes folders. Has no state: any thread may call it. */
public final class FolderRemoval {
  private FolderRemoval() {}

  /**
   * Removes a folder with all that is in it, of links the links alone; one that is not there is no
   * error.
   *
   * @throws PmfException if something of it cannot be removed
   */
  public static void remove(Path folder) {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException e) {
      throw FileErrors.cannotWrite(folder, e);
    }
  }
}
