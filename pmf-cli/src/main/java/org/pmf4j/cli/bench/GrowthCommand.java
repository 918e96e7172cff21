package org.pmf4j.cli.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.pmf4j.bench.growth.Growth;
import org.pmf4j.bench.growth.GrowthRun;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.file.FolderLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pmf bench growth}. */
@Command(
    name = "growth",
    description = {
      "Predicts how training on Spark would grow with executors, from steps measured with a few.",
      "",
      "Steps are measured by 'pmf spark --conf"
          + " spark.extraListeners=org.pmf4j.spark.step.StepLog --conf spark.pmf.steps=FILE train':"
          + " one file for each run, with 1 and 2 executors and several numbers of rows and shards,"
          + " of one model."
    })
final class GrowthCommand implements Callable<Integer> {
  private static final double BYTES_OF_GIGABIT = 1e9 / 8;

  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "measured steps, a run in each")
  private List<Path> files;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "rows of a step, or of each executor where steps grow (default: ${DEFAULT-VALUE})")
  private int rows = 64;

  @Option(
      names = "--gigabits",
      paramLabel = "N",
      description = "what the network of each machine carries a second (default: ${DEFAULT-VALUE})")
  private double gigabits = 10;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the figures and their page (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("pmf-bench-growth");

  GrowthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> words = spec.root().commandLine().getParseResult().originalArgs();
    GrowthRun run = new GrowthRun(files, rows, gigabits * BYTES_OF_GIGABIT, out);
    GrowthRun.Outcome outcome = FolderLock.holding(out, () -> run.run(words));
    tell(outcome.growth());
    console.out().println("report: " + outcome.result().html());
    return 0;
  }

  private void tell(Growth growth) {
    TextTable table =
        new TextTable("", "executors", "rows", "formula", "simulated", "rows a second");
    for (Growth.Prediction p : growth.predictions()) {
      table.row(
          p.scenario().title(),
          String.valueOf(p.executors()),
          String.format(Locale.ROOT, "%,d", p.rows()),
          Numbers.plain(p.seconds()) + " s",
          Numbers.plain(p.simulated().median()) + " s",
          Numbers.plain(p.rowsPerSecond()));
    }
    table.print(console.out());
    for (Growth.Bend bend : growth.bends()) {
      if (bend.executors() != null) {
        console
            .out()
            .println(bend.scenario().title() + ": bends at " + bend.executors() + " executors");
      }
    }
  }
}
