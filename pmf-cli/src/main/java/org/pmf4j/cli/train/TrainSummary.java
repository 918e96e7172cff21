package org.pmf4j.cli.train;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.cli.console.Facts;
import org.pmf4j.cli.console.PeakMemory;
import org.pmf4j.console.Durations;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.training.Trainer;

/** What is told at the end of training. */
final class TrainSummary {
  private TrainSummary() {}

  static void print(TrainReport report, PrintStream out) {
    AdapterConfig c = report.config();
    Trainer.Outcome o = report.outcome();
    Map<String, Integer> patterns = report.patterns();
    Facts facts = new Facts();
    facts.add("model", report.model().toString());
    facts.add("trained weights", share(c.trainableParameters(), c.totalParameters()));
    if (!patterns.isEmpty()) {
      facts.add("rows by what is there", rows(patterns));
    }
    facts.add("epochs", String.format(Locale.ROOT, "%d (%,d steps)", o.epochs(), o.steps()));
    if (o.bestEpoch() > 0) {
      facts.add("best epoch", o.bestEpoch() + ", saved");
    }
    report.validation().ifPresent(v -> v.metrics().forEach((k, x) -> facts.add(k, number(x))));
    facts.add("time", time(report));
    PeakMemory.text().ifPresent(m -> facts.add("peak memory", m));
    out.println();
    facts.print(out);
    report.probes().ifPresent(p -> ProbeTable.print(p, out));
  }

  private static String time(TrainReport report) {
    String all = Durations.text(report.trunkSeconds() + report.seconds());
    return report.trunkSeconds() < 1
        ? all
        : all + " (frozen layers of all rows " + Durations.text(report.trunkSeconds()) + ")";
  }

  private static String rows(Map<String, Integer> patterns) {
    return patterns.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%s %,d", e.getKey(), e.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String share(long part, long whole) {
    return String.format(Locale.ROOT, "%,d of %,d (%.2f %%)", part, whole, 100.0 * part / whole);
  }

  private static String number(double x) {
    return String.format(Locale.ROOT, "%.4f", x);
  }
}
