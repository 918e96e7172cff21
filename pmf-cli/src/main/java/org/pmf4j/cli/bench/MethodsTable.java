package org.pmf4j.cli.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.pmf4j.bench.methods.report.Rows;
import org.pmf4j.bench.methods.result.Figures;
import org.pmf4j.bench.report.Result;
import org.pmf4j.cli.console.TextTable;

/** What is told at the end of a comparison. */
final class MethodsTable {
  private MethodsTable() {}

  static void print(Figures figures, Result files, PrintStream out) {
    TextTable table = new TextTable(Rows.headings(figures.metric()).toArray(String[]::new));
    figures.summary().forEach(v -> table.row(Rows.row(v).toArray(String[]::new)));
    out.println();
    table.print(out);
    out.println();
    if (figures.verdict() != null) {
      out.println(figures.verdict().sentence(figures.metric()));
    }
    long failures = figures.failures();
    if (failures > 0) {
      out.println(
          String.format(
              Locale.ROOT,
              "%d of %d cells failed; the same command measures them once more",
              failures,
              figures.cells().size()));
    }
    out.println("figures: " + files.json());
    out.println("report: " + files.html());
  }
}
