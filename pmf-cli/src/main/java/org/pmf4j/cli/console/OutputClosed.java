package org.pmf4j.cli.console;

/**
 * Nobody reads standard output any more, as where {@code head} has seen enough: the command ends
 * without a word. Immutable, so that any number of threads may share it.
 */
public final class OutputClosed extends RuntimeException {
  /** What a process ends with that SIGPIPE stopped, as a shell tells it. */
  public static final int EXIT_CODE = 141;

  private static final long serialVersionUID = 1;

  OutputClosed(Throwable cause) {
    super("standard output is closed", cause);
  }
}
