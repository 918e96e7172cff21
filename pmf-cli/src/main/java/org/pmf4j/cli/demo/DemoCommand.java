package org.pmf4j.cli.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.option.BackendChoice;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.file.FolderLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pmf demo}. For one thread at a time. */
@Command(
    name = "demo",
    description = {
      "Shows the whole story on a small data set of its own, in about two minutes.",
      "",
      "It draws pictures of signs and asks about their colours, trains an encoder for pictures and"
          + " one for questions, and compares what each tells alone, what both tell side by side,"
          + " and what PMF makes of them. It ends in a table and a report, and tells the commands"
          + " that do the same."
    })
public final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for data, encoders, models and report (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("pmf-demo");

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of data and training (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--overwrite", description = "replace the demo that --out holds")
  private boolean overwrite;

  @Mixin private BackendChoice backend = new BackendChoice();

  /** A command that writes to {@code console}. */
  public DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    DemoFolder.Existing existing =
        overwrite ? DemoFolder.Existing.OVERWRITE : DemoFolder.Existing.REFUSE;
    return FolderLock.holding(out, () -> run(existing));
  }

  private int run(DemoFolder.Existing existing) {
    try (Pmf pmf = backend.open()) {
      DemoFolder folder = DemoFolder.claim(out, existing);
      new Demo(pmf, folder, DemoPlan.standard(seed), console).run();
    }
    return 0;
  }
}
