package org.pmf4j.cli.bench;

import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pmf bench}. For one thread at a time. */
@Command(
    name = "bench",
    description = {"Measures, and writes reports as JSON and as HTML that needs nothing else.", ""},
    synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  private BenchCommand(Console console) {
    this.console = console;
  }

  /** The command with all its benchmarks. */
  public static CommandLine of(Console console) {
    return new CommandLine(new BenchCommand(console))
        .addSubcommand(new MethodsCommand(console))
        .addSubcommand(new SpeedCommand(console))
        .addSubcommand(new BackendsCommand(console))
        .addSubcommand(new GrowthCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return 2;
  }
}
