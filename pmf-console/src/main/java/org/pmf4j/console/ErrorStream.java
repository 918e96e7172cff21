package org.pmf4j.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The error stream of this process. Has no state: any thread may call it. */
public final class ErrorStream {
  private ErrorStream() {}

  /**
   * Whether it is a terminal, on which a line may be drawn again: as the launcher found it ({@code
   * -Dpmf.terminal}); without a launcher, as Linux tells.
   */
  public static boolean isTerminal() {
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
