package org.pmf4j.export.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.core.encoder.EncoderDirectory;

/**
 * Copies of what makes an encoder's inputs of raw values: configuration, tokenizer and processor
 * files. Has no state: any thread may call it.
 */
public final class Preprocessing {
  private static final List<String> KINDS = List.of(".json", ".txt", ".model", ".jinja");

  /** The list of shards of the weights. */
  private static final String INDEX = ".index.json";

  /** Larger files of these kinds are no preprocessing. */
  private static final long LARGEST = 64L << 20;

  private Preprocessing() {}

  /**
   * Copies the files.
   *
   * @param target a folder, which is made
   * @throws org.pmf4j.api.error.PmfException naming the file that cannot be read or written
   */
  public static void copy(EncoderDirectory encoder, Path target) {
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(target, e);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(encoder.files())) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && belongs(file)) {
          copy(file, target.resolve(file.getFileName().toString()));
        }
      }
    } catch (IOException e) {
      throw FileErrors.cannotList(encoder.files(), e);
    }
  }

  private static boolean belongs(Path file) throws IOException {
    String name = file.getFileName().toString();
    return KINDS.stream().anyMatch(name::endsWith)
        && !name.startsWith(".")
        && !name.endsWith(INDEX)
        && Files.size(file) <= LARGEST;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(to, e);
    }
  }
}
