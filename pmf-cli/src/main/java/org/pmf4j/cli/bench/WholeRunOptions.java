package org.pmf4j.cli.bench;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.speed.WholeRun;
import org.pmf4j.bench.speed.WholeRuns;
import org.pmf4j.cli.console.Console;
import org.pmf4j.cli.console.ShellWord;
import org.pmf4j.cli.console.TextTable;
import picocli.CommandLine.Option;

/** Options of {@code pmf bench speed} for runs from a table to a model. */
final class WholeRunOptions {
  /** By its name, since it knows this package. */
  private static final String MAIN = "org.pmf4j.cli.Main";

  @Option(
      names = "--table-epochs",
      paramLabel = "N",
      split = ",",
      description =
          "with --python, times whole processes of so many epochs too, from a table of pictures and"
              + " texts to a saved model (1,5,10; default: none)")
  private List<Integer> epochs = List.of();

  @Option(
      names = "--table-rows",
      paramLabel = "N",
      description = "rows of that table (default: ${DEFAULT-VALUE})")
  private int rows = 128;

  @Option(
      names = "--table-rounds",
      paramLabel = "N",
      description = "how often these are run, in turns (default: ${DEFAULT-VALUE})")
  private int rounds = 2;

  WholeRuns runs() {
    return new WholeRuns(epochs, rows, rounds, command());
  }

  /** This very command, in a process of its own. */
  private static String command() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }

  /** Prints what was found. */
  void tell(List<WholeRun> found, Console console) {
    if (found.isEmpty()) {
      return;
    }
    TextTable table =
        new TextTable(
            "from a table to a model", "PMF", "original", "times as fast", "of processor");
    for (WholeRun r : found) {
      table.row(
          r.title(),
          Numbers.milliseconds(r.ours().milliseconds().median()),
          Numbers.milliseconds(r.original().milliseconds().median()),
          Numbers.times(r.timesAsFast().median()),
          Numbers.times(r.timesLessProcessor().median()));
    }
    table.print(console.out());
    console.out().println();
  }
}
