package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** What the page tells of the originals in Python. */
final class PythonSections {
  private PythonSections() {}

  static List<Section> of(PythonFigures python) {
    return List.of(table(python), remarks(python));
  }

  private static DataTable table(PythonFigures python) {
    List<List<String>> rows = new ArrayList<>();
    for (PythonFigures.Original o : python.variants()) {
      for (PythonFigures.Counterpart ours : o.ours()) {
        rows.add(
            List.of(
                o.variant(),
                o.precision(),
                Numbers.milliseconds(o.milliseconds().median()),
                Cells.bytes(o.peakBytes()),
                ours.variant(),
                ours.precision(),
                Cells.times(ours.timesAsFast())));
      }
    }
    return new DataTable(
        "Against the original in Python",
        Cells.columns(
            "Original",
            "Precision",
            "Median",
            "Peak memory",
            "Ours",
            "Our precision",
            "Times as fast"),
        rows);
  }

  private static Remarks remarks(PythonFigures python) {
    String versions =
        python.versions().entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return new Remarks(
        "",
        List.of(
            "The original is the authors' structure on PyTorch and transformers, "
                + versions
                + ", "
                + python.threads()
                + " threads, attention '"
                + python.attention()
                + "'; bf16 is autocast there, and frozen matrices held in bf16 here. It ran"
                + " between our variants, in rounds, never beside them, and in the same environment."));
  }
}
