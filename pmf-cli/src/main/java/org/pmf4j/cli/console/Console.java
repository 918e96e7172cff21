package org.pmf4j.cli.console;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmf4j.core.progress.Progress;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress and failures
 * @param terminal true if {@code err} is a terminal, on which a line may be drawn again
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

  /** The streams of this process. */
  public static Console ofProcess() {
    return new Console(System.out, System.err, errorStreamIsTerminal());
  }

  /** Progress on {@link #err()}. */
  public Progress progress() {
    return new ConsoleProgress(err, terminal, System::nanoTime);
  }

  private static boolean errorStreamIsTerminal() {
    if ("dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    Path stream = Path.of("/proc/self/fd/2");
    try {
      if (Files.isSymbolicLink(stream)) {
        String target = Files.readSymbolicLink(stream).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      return false;
    }
    return System.console() != null;
  }
}
