package org.pmf4j.cli.export;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.data.Task;
import org.pmf4j.export.ExportReport;
import org.pmf4j.export.check.Agreement;
import org.pmf4j.export.graph.ModalityInputs;

/** What {@code pmf export} tells. Has no state: any thread may call it. */
final class ExportText {
  private ExportText() {}

  static void print(ExportReport report, Path out, PrintStream words) {
    TextTable table =
        new TextTable("graph", "nodes", "batch", "rows", "largest difference", "other predictions");
    for (ExportReport.Checked c : report.graphs()) {
      Agreement a = c.agreement();
      boolean number = c.file().task() instanceof Task.Regression;
      table.row(
          c.file().name(),
          Integer.toString(c.file().graph().model().size()),
          c.file().graph().batchIsOpen() ? "open" : "1",
          Integer.toString(a.rows()),
          String.format(Locale.ROOT, "%.1e", a.largest()),
          number ? "–" : Integer.toString(a.changed()));
    }
    table.print(words);
    words.println(
        report
            .data()
            .map(name -> "logits compared on rows of " + Quote.plain(name))
            .orElse("logits compared on made-up rows; give --data for real ones"));
    report.int8().ifPresent(r -> r.lines().forEach(words::println));
    fixed(report).forEach(words::println);
    if (report.leftOut() > 0) {
      words.printf(
          Locale.ROOT,
          "%d more patterns of modalities are left out; name those that you need by --patterns%n",
          report.leftOut());
    }
    words.printf(
        Locale.ROOT,
        "%d graphs and %.1f MB of weights%s in %s%n",
        report.graphs().size(),
        report.weightBytes() / 1e6,
        report.linkedWeights() == 0
            ? ""
            : " (" + report.linkedWeights() + " of them in files of their encoders)",
        Quote.plain(out.toString()));
  }

  private static List<String> fixed(ExportReport report) {
    Map<String, Long> lengths = new TreeMap<>();
    for (ExportReport.Checked c : report.graphs()) {
      for (ModalityInputs m : c.file().graph().inputs().values()) {
        if (m.hasLength() && m.length() != Shape.UNKNOWN) {
          lengths.put(m.modality(), m.length());
        }
      }
    }
    return lengths.entrySet().stream()
        .map(
            e ->
                String.format(
                    Locale.ROOT,
                    "the length of %s is fixed to %d; --length %s=N fixes another",
                    e.getKey(),
                    e.getValue(),
                    e.getKey()))
        .toList();
  }
}
