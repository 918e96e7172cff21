package org.pmf4j.core.encoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.api.file.FileErrors;

/**
 * What stands beside an encoder's weights: its configuration, the files of its preprocessing, and
 * the modules of sentence-transformers. Has no state: any thread may call it.
 */
public final class EncoderSideFiles {
  /** Configuration, tokenizers and preprocessing, but not an index of shards. */
  private static final Pattern KEPT =
      Pattern.compile("(?!.*\\.index(\\.\\w+)?\\.json$).*\\.(json|txt|model)");

  private EncoderSideFiles() {}

  /**
   * Copies them into another folder.
   *
   * @param to a folder that is there
   * @throws org.pmf4j.api.error.PmfException if one cannot be read or written
   */
  public static void copy(EncoderDirectory from, Path to) {
    try (Stream<Path> files = Files.list(from.files())) {
      for (Path file : files.filter(EncoderSideFiles::isKept).sorted().toList()) {
        copy(file, to.resolve(file.getFileName()));
      }
      if (from.files().equals(from.path())) {
        for (Map.Entry<String, Path> module : from.folder().files().entrySet()) {
          copy(module.getValue(), to.resolve(module.getKey()));
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotRead(from.path(), e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    AtomicFile.createFolders(to.getParent());
    AtomicFile.write(to, Files.readAllBytes(from));
  }

  private static boolean isKept(Path file) {
    return Files.isRegularFile(file) && KEPT.matcher(file.getFileName().toString()).matches();
  }
}
