package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.console.ShellCommand;
import org.pmf4j.cli.option.ConfigFile;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener.Decision;
import picocli.CommandLine.ParseResult;

/** What the data have decided, why, and the command that says it in full. */
final class DecisionLines {
  /** What the help says in place of a default. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          TrainSettings.EPOCHS.name(),
          "10 to 40, so that few rows make steps enough",
          TrainSettings.PATIENCE.name(),
          "5 where there are validation rows",
          TrainSettings.METRIC.name(),
          "the task's usual one");

  private DecisionLines() {}

  static void print(List<Decision> all, ParseResult command, PrintStream out) {
    Facts facts = new Facts();
    int width = all.stream().mapToInt(d -> d.value().length()).max().orElse(0);
    all.forEach(
        d ->
            facts.add(
                d.setting(),
                d.value() + " ".repeat(width - d.value().length() + 2) + Quote.plain(d.reason())));
    out.println("decided by the data:");
    facts.print(out);
    out.println("in full: " + ShellCommand.typed(words(all, command)));
    out.println();
  }

  private static List<String> words(List<Decision> all, ParseResult command) {
    List<String> words = new ArrayList<>(List.of("pmf"));
    List<String> given = command.originalArgs();
    boolean file = false;
    for (String word : given) {
      // The words of the file stand there as well
      boolean names = word.equals(ConfigFile.OPTION) || word.startsWith(ConfigFile.OPTION + "=");
      if (!names && !file) {
        words.add(word);
      }
      file = word.equals(ConfigFile.OPTION);
    }
    all.forEach(
        d -> {
          words.add("--" + d.setting());
          if (!d.value().isEmpty()) {
            words.add(d.value());
          }
        });
    return words;
  }
}
