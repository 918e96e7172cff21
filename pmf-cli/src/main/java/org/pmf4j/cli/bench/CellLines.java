package org.pmf4j.cli.bench;

import java.io.PrintStream;
import java.util.Locale;
import org.pmf4j.bench.methods.MethodsBench;
import org.pmf4j.bench.methods.plan.Cell;
import org.pmf4j.bench.methods.result.CellResult;
import org.pmf4j.bench.methods.work.ResidentMemory;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.console.Durations;

/**
 * A line where a cell begins, and one where it has ended.
 *
 * @param out where they are written
 * @param metric that is told
 */
record CellLines(PrintStream out, String metric) implements MethodsBench.Watcher {
  @Override
  public void begins(int number, int total, Cell cell) {
    out.println(title(number, total, cell));
  }

  @Override
  public void ended(int number, int total, Cell cell, CellResult result, MethodsBench.Made made) {
    String start = made == MethodsBench.Made.NOW ? "  " : title(number, total, cell) + ": ";
    String end = made == MethodsBench.Made.NOW ? "" : ", measured before";
    out.println(start + (result.hasFailed() ? "failed: " + result.error() : told(result)) + end);
  }

  private static String title(int number, int total, Cell cell) {
    return "cell " + number + "/" + total + " " + cell.title();
  }

  private String told(CellResult result) {
    ResidentMemory memory = result.training().memory();
    return String.format(Locale.ROOT, "%s %.4f", metric, result.metric(metric))
        + (memory == null ? "" : ", " + Numbers.bytes((double) memory.peak()))
        + ", "
        + Numbers.milliseconds(1000 * result.training().stepSeconds())
        + " a step, "
        + Durations.text(result.training().seconds());
  }
}
