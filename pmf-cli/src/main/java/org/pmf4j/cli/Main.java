package org.pmf4j.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Predicate;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.console.Colours;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.ConfigFile;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** The {@code pmf} command. Has no state: any thread may call it. */
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the process with its exit code.
   *
   * @param args the words of the command line
   */
  public static void main(String[] args) {
    Stopping stopping = Stopping.hear(args, System.err);
    Console console = Console.ofProcess(stopping::requested);
    System.exit(run(args, console, stopping));
  }

  /**
   * Runs a command as a process would that has no terminal.
   *
   * @param args the words of the command line
   * @param out standard output
   * @param err standard error
   * @return the exit code: 0 done, 1 failed, 2 wrong usage or bad input, 130 interrupted
   */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, new Console(out, err, false), Stopping.NONE);
  }

  private static int run(String[] args, Console console, Stopping stopping) {
    ExceptionHandler failures =
        new ExceptionHandler(console.err(), Arrays.asList(args).contains("--debug"));
    try {
      LocaleOfProcess.requireReadable(args);
      CommandLine command = command(console, args);
      String[] words = ConfigFile.expand(args, command);
      command.setParameterExceptionHandler((e, given) -> failures.usage(e));
      command.setExecutionExceptionHandler(
          (e, c, parsed) ->
              Stopping.isStop(e)
                  ? failures.stopped(e, GoOn.advice(c, args, words), stopping.exitCode())
                  : failures.report(e));
      return command.execute(words);
    } catch (PmfException | Error e) {
      return failures.report(e);
    } finally {
      console.out().flush();
      console.err().flush();
    }
  }

  /** The command with all others, whole. */
  static CommandLine command(Console console) {
    return command(console, name -> true);
  }

  /** The command with the one whole that is called: the first word that is no option. */
  private static CommandLine command(Console console, String[] args) {
    String called =
        Arrays.stream(args).filter(word -> !word.startsWith("-")).findFirst().orElse("");
    return command(console, called::equals);
  }

  private static CommandLine command(Console console, Predicate<String> whole) {
    // It warns of quotes in values by the names of fields; what is wrong with a value is told by us
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    CommandLine command = new CommandLine(new PmfCommand(console));
    Commands.addTo(command, console, whole);
    command.setColorScheme(Help.defaultColorScheme(Colours.of(System.getenv())));
    command.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    // A text may begin with @, and a later word may override an earlier one or the file
    command.setExpandAtFiles(false);
    command.setOverwrittenOptionsAllowed(true);
    return command;
  }
}
