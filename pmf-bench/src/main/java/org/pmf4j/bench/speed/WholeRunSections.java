package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.report.DataTable;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Section;

/** What the page tells of whole runs. */
final class WholeRunSections {
  private WholeRunSections() {}

  static List<Section> of(List<WholeRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    for (WholeRun r : runs) {
      rows.add(
          List.of(
              r.title(),
              seconds(r.ours()),
              Numbers.bytes(r.ours().peakBytes().median()),
              seconds(r.original()),
              Numbers.bytes(r.original().peakBytes().median()),
              Cells.times(r.timesAsFast()),
              Cells.times(r.timesLessProcessor())));
    }
    DataTable table =
        new DataTable(
            "From a table to a saved model, whole processes",
            Cells.columns(
                "Run",
                "PMF",
                "Peak memory",
                "Original",
                "Its peak memory",
                "Times as fast",
                "… of processor time"),
            rows);
    Remarks remarks =
        new Remarks(
            "",
            List.of(
                "Wall time, processor time and peak memory are the system's of each process, from"
                    + " its start to its end, with nothing kept from earlier runs. Both sides train on"
                    + " the same rows for as many steps."));
    return List.of(table, remarks);
  }

  private static String seconds(WholeRun.Side side) {
    return Numbers.milliseconds(side.milliseconds().median());
  }
}
