package org.pmf4j.serve.answer;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.InputFile;
import org.pmf4j.serve.web.Problem;

/**
 * A folder whose files a request may name. Immutable, so that any number of threads may share it.
 *
 * @param root the folder
 */
record AllowedFolder(Path root) {
  /**
   * Reads a file below it: links that lead out of it are not followed.
   *
   * @param most bytes that it may have
   * @throws Problem if there is none
   */
  byte[] read(String path, int most) {
    try {
      Path real = root.toRealPath();
      Path file = real.resolve(path).normalize();
      if (!file.startsWith(real) || !file.toRealPath().startsWith(real)) {
        throw none(path);
      }
      return InputFile.bytes(file.toRealPath(), most);
    } catch (InvalidPathException | IOException e) {
      throw none(path);
    } catch (PmfException e) {
      throw e.getMessage().contains("larger than") ? Problem.tooLarge(e.getMessage()) : none(path);
    }
  }

  private static Problem none(String path) {
    return Problem.badRequest(
        "there is no file " + Quote.value(path) + " below the folder that requests may name");
  }
}
