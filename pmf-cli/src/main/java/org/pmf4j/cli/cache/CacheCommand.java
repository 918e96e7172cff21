package org.pmf4j.cli.cache;

import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pmf cache}. For one thread at a time. */
@Command(
    name = "cache",
    description = {"Lists what is kept on the disk between runs, and makes it smaller.", ""},
    synopsisSubcommandLabel = "COMMAND")
public final class CacheCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  private CacheCommand(Console console) {
    this.console = console;
  }

  /** The command with those below it. */
  public static CommandLine of(Console console) {
    return new CommandLine(new CacheCommand(console))
        .addSubcommand(new ListCommand(console))
        .addSubcommand(new PruneCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return 2;
  }
}
