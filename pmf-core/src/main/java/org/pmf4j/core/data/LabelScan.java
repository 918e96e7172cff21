package org.pmf4j.core.data;

import java.util.List;
import java.util.Map;
import org.pmf4j.core.progress.Progress;

/**
 * What is seen of a table when its labels alone are read: nothing of a row is held. Immutable, so
 * that any number of threads may share it.
 *
 * @param task that the labels look like
 * @param rows as many as can be read
 * @param columns their names
 */
public record LabelScan(DetectedTask task, long rows, List<String> columns) {
  private static final String STOPPED = "while labels were read; nothing has changed";
  private static final int ROWS_BETWEEN = 1_000;

  /** Copies the list. */
  public LabelScan {
    columns = List.copyOf(columns);
  }

  /**
   * Reads them. What is wrong with single rows is not told: whoever reads the whole table does.
   *
   * @throws org.pmf4j.api.error.PmfException naming the table, if it is not there or cannot be read
   *     on; of the kind STOPPED, if {@code progress} asks to stop
   */
  public static LabelScan of(
      TableFormats formats, TableOptions options, TableLocation table, Progress progress) {
    Columns labelled = new Columns(Map.of(), options.columns().label());
    TableReader reader = TableReader.of(formats, options.with(labelled));
    DetectedTask.Tally labels = new DetectedTask.Tally();
    try (TableScan scan = TableScan.open(reader, table, Map.of(), List.of());
        Progress.Bar bar = progress.begin("labels", Progress.UNKNOWN, "rows")) {
      long rows = 0;
      for (Row row = scan.next(); row != null; row = scan.next()) {
        labels.add(scan.label(row));
        if (++rows % ROWS_BETWEEN == 0) {
          progress.checkStop(STOPPED);
          bar.advance(ROWS_BETWEEN, "");
        }
      }
      bar.advance(rows % ROWS_BETWEEN, "");
      return new LabelScan(labels.task(), rows, scan.columns());
    }
  }
}
