package org.pmf4j.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.OutputClosed;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells a failure in one line, {@code pmf: ...}, and chooses the exit code.
 *
 * @param err where it is told
 * @param debug whether the stack trace follows
 */
record ExceptionHandler(PrintStream err, boolean debug) {
  /** What the parser of command lines calls by a type's name. */
  private static final Map<String, String> TYPES =
      Map.of(
          " is not an? (int|long|short)$", " is no whole number",
          " is not a (double|float)$", " is no number",
          "(?s)cannot convert '(.*)' to (?:interface |class )?([\\w.]+) \\((.*Exception: )?(.*)\\)$",
              "'$1' does not fit: $4");

  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  /** A command line that cannot be parsed. */
  int usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    if (e.getCause() instanceof PmfException known) {
      return report(known);
    }
    String message = e.getMessage();
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      message = message.replaceFirst(type.getKey(), type.getValue());
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      var close = unmatched.getSuggestions();
      message += close.isEmpty() ? "" : "; did you mean " + String.join(", ", close) + "?";
    }
    return tell(message + " (see '" + command + " --help')", WRONG_USE, e);
  }

  /** A command that failed. */
  int report(Throwable e) {
    if (e instanceof OutputClosed) {
      return OutputClosed.EXIT_CODE;
    }
    if (e instanceof PmfException known) {
      boolean wrong = known.kind() == ErrorKind.USAGE || known.kind() == ErrorKind.INPUT;
      return tell(known.getMessage(), wrong ? WRONG_USE : FAILED, e);
    }
    if (e instanceof ParameterException wrong) {
      return usage(wrong);
    }
    if (e instanceof OutOfMemoryError) {
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      String advice = "; lower --batch-size, or give more with PMF_HEAP=4g";
      return tell("out of memory (the Java heap has " + heap + " MiB)" + advice, FAILED, e);
    }
    if (e instanceof LinkageError) {
      return tell("a library is missing or does not fit this machine: " + e, FAILED, e);
    }
    String advice = debug ? "" : "; run again with --debug and report what it shows";
    return tell("this is a bug: " + e + advice, FAILED, e);
  }

  /**
   * A command that was asked to stop.
   *
   * @param advice how to go on; may be empty
   * @param code to end with
   */
  int stopped(Throwable e, String advice, int code) {
    return tell(e.getMessage() + advice, code, e);
  }

  private int tell(String message, int code, Throwable e) {
    String line = message.lines().map(String::strip).collect(Collectors.joining(" "));
    err.println("pmf: " + Quote.message(line));
    if (debug) {
      e.printStackTrace(err);
    }
    return code;
  }
}
