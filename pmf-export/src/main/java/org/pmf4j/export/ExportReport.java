package org.pmf4j.export;

import java.util.List;
import java.util.Optional;
import org.pmf4j.export.check.Agreement;
import org.pmf4j.export.files.GraphFile;

/**
 * What was exported, and how it agrees with the backend. Immutable, so that any number of threads
 * may share it.
 *
 * @param graphs with their checks
 * @param leftOut how many patterns more the model takes
 * @param weightBytes of all weights, each counted once
 * @param linkedWeights how many weights lie in files of their encoders
 * @param data the table whose rows were compared; empty if they were made up
 * @param int8 what 8-bit integers cost, where layers are in these
 */
public record ExportReport(
    List<Checked> graphs,
    int leftOut,
    long weightBytes,
    int linkedWeights,
    Optional<String> data,
    Optional<Int8Report> int8) {

  /**
   * A graph and its check.
   *
   * @param file the graph
   * @param agreement with the backend
   */
  public record Checked(GraphFile file, Agreement agreement) {}

  /** Copies the list. */
  public ExportReport {
    graphs = List.copyOf(graphs);
  }
}
