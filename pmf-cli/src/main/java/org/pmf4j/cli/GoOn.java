package org.pmf4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.pmf4j.cli.console.ShellWord;
import picocli.CommandLine;

/** How to go on with a command that was stopped. */
final class GoOn {
  private static final String RESUME = "--resume";
  private static final String OVERWRITE = "--overwrite";

  private GoOn() {}

  /**
   * The end of a message, or nothing where a command is simply given again.
   *
   * @param command that was stopped
   * @param given the words of the command line
   * @param expanded the same with those of a configuration file
   */
  static String advice(CommandLine command, String[] given, String[] expanded) {
    String name = command.getCommandSpec().qualifiedName();
    if (name.startsWith("pmf bench")) {
      List<String> words = new ArrayList<>(Arrays.asList(given));
      words.removeIf(OVERWRITE::equals);
      return "; go on with: " + typed(words);
    }
    if (command.getCommandSpec().findOption(RESUME) == null) {
      return "";
    }
    List<String> words = new ArrayList<>(Arrays.asList(given));
    boolean overwrote = words.removeIf(OVERWRITE::equals);
    if (!overwrote && Arrays.asList(expanded).contains(OVERWRITE)) {
      words.add(OVERWRITE + "=false"); // the configuration file asks for it
    }
    if (!Arrays.asList(expanded).contains(RESUME)) {
      words.add(RESUME);
    }
    return "; go on with: " + typed(words);
  }

  private static String typed(List<String> words) {
    return "pmf " + words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }
}
