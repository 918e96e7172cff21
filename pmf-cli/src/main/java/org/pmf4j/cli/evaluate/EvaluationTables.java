package org.pmf4j.cli.evaluate;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.metrics.ClassScores;
import org.pmf4j.core.metrics.EvaluationResult;

/** An evaluation for people. */
final class EvaluationTables {
  private EvaluationTables() {}

  static void print(EvaluationResult result, Optional<String> missing, PrintStream out) {
    out.printf(Locale.ROOT, "%,d rows%n", result.rows());
    missing.ifPresent(out::println);
    out.println();
    TextTable metrics = new TextTable("metric", "value");
    result.metrics().forEach((name, value) -> metrics.row(name, number(value)));
    metrics.print(out);
    if (!result.patterns().isEmpty()) {
      out.println();
      patterns(result).print(out);
    }
    if (!result.classes().isEmpty()) {
      TextTable classes = new TextTable("class", "precision", "recall", "f1", "rows");
      for (ClassScores c : result.classes()) {
        String rows = String.format(Locale.ROOT, "%,d", c.support());
        classes.row(c.label(), number(c.precision()), number(c.recall()), number(c.f1()), rows);
      }
      out.println();
      classes.print(out);
    }
    result.confusion().ifPresent(c -> ConfusionText.print(c, out));
    if (!result.notes().isEmpty()) {
      out.println();
      result.notes().forEach(note -> out.println("note: " + note));
    }
  }

  /** A row for each pattern of what is there; what a pattern's rows do not define is a dash. */
  private static TextTable patterns(EvaluationResult result) {
    List<String> names = List.copyOf(result.metrics().keySet());
    List<String> header = new ArrayList<>(List.of("there", "rows"));
    header.addAll(names);
    TextTable table = new TextTable(header.toArray(String[]::new));
    result
        .patterns()
        .forEach(
            (pattern, found) -> {
              List<String> cells = new ArrayList<>();
              cells.add(pattern);
              cells.add(String.format(Locale.ROOT, "%,d", found.rows()));
              for (String name : names) {
                Double value = found.metrics().get(name);
                cells.add(value == null ? "-" : number(value));
              }
              table.row(cells.toArray(String[]::new));
            });
    return table;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
