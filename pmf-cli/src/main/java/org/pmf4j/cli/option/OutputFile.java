package org.pmf4j.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;

/** Checks where a result will go before it is computed. Has no state: any thread may call it. */
public final class OutputFile {
  private OutputFile() {}

  /**
   * Checks that a file could be written.
   *
   * @return the path itself
   * @throws PmfException if its folder is missing or it is a folder itself
   */
  public static Path check(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw PmfException.usage(file + ": is a folder; name a file");
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw PmfException.usage(file + ": there is no folder " + folder);
    }
    if (!Files.isWritable(folder)) {
      throw PmfException.environment(file + ": no permission to write in " + folder, null);
    }
    return file;
  }
}
