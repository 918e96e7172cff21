package org.pmf4j.bench.methods.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.bench.methods.result.CellResult;
import org.pmf4j.bench.methods.result.Figures;
import org.pmf4j.bench.methods.result.VariantSummary;
import org.pmf4j.bench.methods.work.ResidentMemory;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.core.run.InspectJob;

/** What only some readers of a comparison look for. */
final class RunFacts {
  private RunFacts() {}

  /** By variant, a line for each seed. */
  static Map<String, String> seeds(Figures figures) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (VariantSummary v : figures.summary()) {
      facts.put(
          v.variant().name(),
          figures.cells().stream()
              .filter(c -> c.definition().variant().name().equals(v.variant().name()))
              .map(RunFacts::seed)
              .collect(Collectors.joining("\n")));
    }
    return facts;
  }

  private static String seed(CellResult cell) {
    String name = "seed " + cell.definition().seed() + ": ";
    if (cell.hasFailed()) {
      return name + cell.error();
    }
    String metrics =
        cell.inference().metrics().entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %.4f", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    String interrupted =
        cell.training().interruptions() == 0
            ? ""
            : ", interrupted and gone on with " + cell.training().interruptions() + "×";
    return name
        + metrics
        + String.format(
            Locale.ROOT,
            "; best epoch %d of %d, %d steps, %s s in all%s; training memory %s; inference memory %s",
            cell.training().bestEpoch(),
            cell.training().epochs(),
            cell.training().steps(),
            Numbers.plain(cell.training().seconds()),
            interrupted,
            memory(cell.training().memory()),
            memory(cell.inference().memory()));
  }

  private static String memory(ResidentMemory memory) {
    return memory == null
        ? "unknown"
        : Numbers.bytes((double) memory.peak())
            + " ("
            + Numbers.bytes((double) memory.above())
            + " above the start)";
  }

  /** By variant, its method, encoders and settings. */
  static Map<String, String> settings(Figures figures) {
    Map<String, String> facts = new LinkedHashMap<>();
    for (VariantSummary v : figures.summary()) {
      facts.put(
          v.variant().name(),
          String.format(
              Locale.ROOT,
              "method %s on %s; %s; %s\n%s\n%s",
              v.variant().method(),
              String.join(" + ", v.variant().encoders()),
              switch (v.variant().tuning()) {
                case FROZEN -> "encoders frozen";
                case FULL -> "encoders trained at " + v.variant().encoderLearningRate();
              },
              v.variant().cached() ? "from the cache" : "without cache",
              text(v.variant().settings()),
              text(v.variant().training())));
    }
    return facts;
  }

  private static String text(Map<String, Object> settings) {
    return settings.isEmpty()
        ? "no settings"
        : settings.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
  }

  /** Tables and encoders. */
  static Map<String, String> data(Figures figures) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("task", figures.settings().task() + ": " + labels(figures));
    facts.put("training", rows(figures.settings().data(), figures.subject().training()));
    facts.put("validation", rows(figures.settings().validation(), figures.subject().validation()));
    facts.put(
        "measured on",
        figures.settings().test().equals(figures.settings().validation())
            ? "the validation rows, which also chose the best epoch"
            : rows(figures.settings().test(), figures.subject().test()));
    figures
        .subject()
        .encoders()
        .forEach(
            (name, e) ->
                facts.put(
                    "encoder " + name,
                    String.format(
                        Locale.ROOT,
                        "%s: %s, %d layers of width %d, %,d weights, SHA-256 %s",
                        figures.settings().encoders().get(name),
                        e.modelType(),
                        e.depth(),
                        e.width(),
                        e.parameters(),
                        e.sha256())));
    return facts;
  }

  private static String labels(Figures figures) {
    int n = figures.subject().labels().size();
    String shown = figures.subject().labels().stream().limit(12).collect(Collectors.joining(", "));
    return n > 12 ? n + " classes, " + shown + " …" : shown;
  }

  private static String rows(String table, InspectJob.Rows rows) {
    String text = String.format(Locale.ROOT, "%s, %,d rows", table, rows.count());
    return rows.patterns().isEmpty()
        ? text
        : text
            + rows.patterns().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "\n%s: %,d", e.getKey(), e.getValue()))
                .collect(Collectors.joining());
  }
}
