package org.pmf4j.cli.predict;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;

/** One record on the command line: an option for each of the model's modalities. */
final class RecordArguments {
  private RecordArguments() {}

  /**
   * Reads {@code --name value} and {@code --name=value}.
   *
   * @param words what is left of the command line
   * @param modalities the model's
   * @throws PmfException for anything else
   */
  static Map<String, String> parse(List<String> words, List<String> modalities) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      int equals = word.indexOf('=');
      String option = equals < 0 ? word : word.substring(0, equals);
      String name = option.startsWith("--") ? option.substring(2) : "";
      if (!modalities.contains(name)) {
        throw PmfException.usage(
            String.format(
                Locale.ROOT,
                "unknown option or word '%s'; the model takes %s (see 'pmf predict --help')",
                word,
                usage(modalities)));
      }
      if (equals < 0 && ++i == words.size()) {
        throw PmfException.usage("option " + word + " needs a value");
      }
      values.put(name, equals < 0 ? words.get(i) : word.substring(equals + 1));
    }
    return values;
  }

  /** Checks that a modality is there: others may be missing, but none is given as a blank. */
  static void requireOne(Map<String, String> record, List<String> modalities) {
    if (record.isEmpty()) {
      throw PmfException.usage(
          "give --data and --out, or one record by one or more of " + usage(modalities));
    }
    record.forEach(
        (modality, value) -> {
          if (value.isBlank()) {
            throw PmfException.usage(
                String.format(
                    Locale.ROOT,
                    "the value of --%s is blank; leave the option out where there is none",
                    modality));
          }
        });
  }

  static String usage(List<String> modalities) {
    return modalities.stream().map(m -> "--" + m + " VALUE").collect(Collectors.joining(" "));
  }
}
