package org.pmf4j.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.cli.bench.BenchCommand;
import org.pmf4j.cli.console.Colours;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.demo.DemoCommand;
import org.pmf4j.cli.doctor.DoctorCommand;
import org.pmf4j.cli.encode.EncodeCommand;
import org.pmf4j.cli.evaluate.EvaluateCommand;
import org.pmf4j.cli.fetch.FetchCommand;
import org.pmf4j.cli.look.LookCommand;
import org.pmf4j.cli.option.ConfigFile;
import org.pmf4j.cli.plugins.PluginsCommand;
import org.pmf4j.cli.predict.PredictCommand;
import org.pmf4j.cli.pretrain.PretrainCommand;
import org.pmf4j.cli.serve.ServeCommand;
import org.pmf4j.cli.train.TrainCommand;
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
      CommandLine command = command(console);
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

  /** All commands. */
  static CommandLine command(Console console) {
    // It warns of quotes in values by the names of fields; what is wrong with a value is told by us
    CommandLine.tracer().setLevel(CommandLine.TraceLevel.OFF);
    CommandLine command =
        new CommandLine(new PmfCommand(console))
            .addSubcommand(new DemoCommand(console))
            .addSubcommand(new LookCommand(console))
            .addSubcommand(new TrainCommand(console))
            .addSubcommand(new EvaluateCommand(console))
            .addSubcommand(new PredictCommand(console))
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new EncodeCommand(console))
            .addSubcommand(new PretrainCommand(console))
            .addSubcommand(BenchCommand.of(console))
            .addSubcommand(new FetchCommand(console))
            .addSubcommand(new PluginsCommand(console))
            .addSubcommand(new DoctorCommand(console));
    command.setColorScheme(Help.defaultColorScheme(Colours.of(System.getenv())));
    command.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8));
    command.setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8));
    // A text may begin with @, and a later word may override an earlier one or the file
    command.setExpandAtFiles(false);
    command.setOverwrittenOptionsAllowed(true);
    return command;
  }
}
