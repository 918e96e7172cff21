package org.pmf4j.cli.predict;

import java.io.IOException;
import java.util.List;
import org.pmf4j.api.table.Cell;
import org.pmf4j.core.model.Prediction;

/** Writes rows of a table with their predictions. */
interface PredictionWriter {
  /**
   * Writes a row.
   *
   * @param own the table's cells by position of the column
   */
  void add(List<Cell> own, Prediction prediction) throws IOException;

  /** Gives what was written to whoever reads it. */
  void flush() throws IOException;

  /** Writes what stands behind the last row. */
  void end() throws IOException;
}
