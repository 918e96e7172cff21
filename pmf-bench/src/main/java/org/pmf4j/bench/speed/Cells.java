package org.pmf4j.bench.speed;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.bench.report.Numbers;
import org.pmf4j.bench.statistics.Spread;
import org.pmf4j.report.DataTable;

/** Figures as cells of a table, a dash where there is none. */
final class Cells {
  static final String NONE = "–";

  private Cells() {}

  /** Columns of numbers, after a first one of words. */
  static List<DataTable.Column> columns(String... names) {
    List<DataTable.Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(
          new DataTable.Column(
              name, columns.isEmpty() ? DataTable.Align.TEXT : DataTable.Align.NUMBER));
    }
    return columns;
  }

  static String times(Spread ratio) {
    return ratio == null ? NONE : Numbers.times(ratio.median());
  }

  static String bytes(Double bytes) {
    return bytes == null ? NONE : Numbers.bytes(bytes);
  }

  static String rate(Double perSecond) {
    return perSecond == null ? NONE : Numbers.plain(perSecond);
  }

  /** A relative difference. */
  static String difference(Double x) {
    return x == null ? NONE : Numbers.relative(x);
  }
}
