package org.pmf4j.cli.rows;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.OutputFile;

/**
 * Where a result goes: a file, which is written aside and renamed, or {@code -}, standard output.
 * Immutable, so that any number of threads may share it.
 *
 * @param console of the command
 * @param path as it was named
 */
public record RowTarget(Console console, Path path) {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  /** Whether a path stands for standard output; null does not. */
  public static boolean isStandardOutput(Path path) {
    return STANDARD_OUTPUT.equals(path);
  }

  /** The console of a command whose words for people may go to standard output, or not. */
  public static Console words(Console console, Path... results) {
    boolean taken = Stream.of(results).anyMatch(RowTarget::isStandardOutput);
    return taken ? console.withoutOut() : console;
  }

  /** Whether it is standard output. */
  public boolean isStandardOutput() {
    return isStandardOutput(path);
  }

  /** This target, where it is a file. */
  public void ifFile(Consumer<Path> use) {
    if (!isStandardOutput()) {
      use.accept(path);
    }
  }

  /**
   * Checks that it could be written.
   *
   * @throws PmfException if its folder is missing or it is a folder itself
   */
  public void check() {
    Objects.requireNonNull(path, "path");
    ifFile(OutputFile::check);
  }

  /**
   * Writes to it.
   *
   * @throws org.pmf4j.cli.console.OutputClosed if nobody reads standard output any more
   * @throws PmfException naming the target and the reason, if it cannot be written
   */
  public void write(AtomicFile.StreamContent content) {
    if (isStandardOutput()) {
      console.write(content);
    } else {
      AtomicFile.write(path, content);
    }
  }

  /** Its name for people. */
  @Override
  public String toString() {
    return isStandardOutput() ? "standard output" : path.toString();
  }
}
