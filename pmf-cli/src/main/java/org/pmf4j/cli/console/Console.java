package org.pmf4j.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.pmf4j.core.progress.Progress;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal true if {@code err} is a terminal, on which a line may be drawn again
 * @param stop true once the command should end early
 */
public record Console(PrintStream out, PrintStream err, boolean terminal, BooleanSupplier stop) {

  /** Where a command writes that nothing asks to stop. */
  public Console(PrintStream out, PrintStream err, boolean terminal) {
    this(out, err, terminal, () -> false);
  }

  /** The streams of this process. */
  public static Console ofProcess(BooleanSupplier stop) {
    return new Console(System.out, System.err, errorStreamIsTerminal(), stop);
  }

  /** Progress on {@link #err()}, which asks to stop when the command should. */
  public Progress progress() {
    return new ConsoleProgress(err, terminal, System::nanoTime).until(stop);
  }

  /** As the launcher found it; without a launcher, as Linux tells. */
  private static boolean errorStreamIsTerminal() {
    String told = System.getProperty("pmf.terminal");
    if (told != null) {
      return Boolean.parseBoolean(told);
    }
    try {
      String stream = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return stream.startsWith("/dev/pts/") || stream.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
