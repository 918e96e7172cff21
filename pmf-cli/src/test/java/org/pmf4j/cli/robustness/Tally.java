package org.pmf4j.cli.robustness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.testkit.message.MessageRules;

/** Counts what was done and what it came to; what should not have been is told in full. */
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();

  void add(String act, String outcome) {
    add(act, outcome, 1);
  }

  void add(String act, String outcome, int times) {
    counts.merge(act + ": " + outcome, times, Integer::sum);
  }

  void fault(String act, String outcome, String told) {
    add(act, outcome);
    String shown = MessageRules.visible(told.substring(Math.max(0, told.length() - 1_000)));
    String fault = act + ": " + outcome + ": " + shown;
    faults.add(fault);
    System.out.println("FAULT " + fault);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Number of counted acts whose line begins so. */
  int count(String beginning) {
    return counts.entrySet().stream()
        .filter(e -> e.getKey().startsWith(beginning))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Writes a file of JSON, and returns a table. */
  String report(Path file, long seed) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", seed);
    json.put("counts", counts);
    json.put("faults", faults);
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), json);
    StringBuilder table = new StringBuilder("seed " + seed + "\n");
    counts.forEach((what, n) -> table.append(String.format(Locale.ROOT, "%6d  %s%n", n, what)));
    return table.toString();
  }
}
