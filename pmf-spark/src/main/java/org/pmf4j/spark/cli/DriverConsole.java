package org.pmf4j.spark.cli;

import org.pmf4j.console.ConsoleProgress;
import org.pmf4j.console.ErrorStream;
import org.pmf4j.core.progress.Progress;

/** What the driver shows of long work, on its error stream, as commands on one machine do. */
final class DriverConsole {
  private DriverConsole() {}

  static Progress progress() {
    return new ConsoleProgress(System.err, ErrorStream.isTerminal(), System::nanoTime);
  }
}
