package org.pmf4j.cli.bench;

import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pmf bench}: what its subcommands have in common. */
@Command(
    name = "bench",
    description = "Compares methods; each measurement is a process of its own.",
    synopsisSubcommandLabel = "COMMAND")
public final class BenchCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  /** A command that writes to {@code console}. */
  public BenchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return 2;
  }
}
