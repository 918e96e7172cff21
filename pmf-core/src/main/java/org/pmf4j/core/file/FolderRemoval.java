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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes folders. Has no state: any thread may call it. */
public final class FolderRemoval {
  private static final Logger LOG = LoggerFactory.getLogger(FolderRemoval.class);

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

  /** Removes a temporary folder as far as it can be: what another still has open may stay. */
  public static void attempt(Path folder) {
    try {
      remove(folder);
    } catch (PmfException e) {
      LOG.debug("{}: stays", folder, e);
    }
  }
}
