package org.pmf4j.spark.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.spark.Failures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The commands that run on a cluster: {@code spark-submit --class org.pmf4j.spark.cli.Main JAR
 * COMMAND}. For one thread at a time.
 */
@Command(
    name = "pmf spark",
    description = "Predicts tables, fills caches and trains on Apache Spark.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 100,
    subcommands = {PredictCommand.class, EncodeCommand.class, TrainCommand.class})
public final class Main implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int WRONG_USE = 2;

  @Spec private CommandSpec spec;

  /**
   * Runs a command, and ends the process where it failed.
   *
   * @param arguments the command and its options
   */
  public static void main(String[] arguments) {
    int code = run(arguments, System.err);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs a command.
   *
   * @param err gets one line, if it fails
   * @return 0; 2 for wrong use or bad input; 1 for everything else
   */
  static int run(String[] arguments, PrintStream err) {
    return new CommandLine(new Main())
        .setParameterExceptionHandler((e, args) -> usage(e, err))
        .setExecutionExceptionHandler((e, command, parsed) -> report(e, err))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(System.err);
    return WRONG_USE;
  }

  private static int usage(ParameterException e, PrintStream err) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    tell(e.getMessage() + " (see '" + command + " --help')", err);
    return WRONG_USE;
  }

  private static int report(Exception e, PrintStream err) {
    tell(Failures.line(e), err);
    Optional<ErrorKind> kind = Failures.known(e).map(PmfException::kind);
    boolean wrong = kind.filter(k -> k == ErrorKind.USAGE || k == ErrorKind.INPUT).isPresent();
    return wrong ? WRONG_USE : FAILED;
  }

  private static void tell(String line, PrintStream err) {
    err.println("pmf: " + Quote.message(line));
  }
}
