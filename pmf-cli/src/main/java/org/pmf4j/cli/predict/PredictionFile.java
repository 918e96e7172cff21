package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.file.AtomicFile;
import org.pmf4j.core.model.Prediction;

/**
 * A table with predictions added: {@code prediction}, {@code probability} (several joined by {@code
 * |} as the labels are; none for regression) and {@code logit:LABEL}.
 */
final class PredictionFile {
  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";

  private final List<Map<String, String>> rows;
  private final Set<String> columns;
  private final boolean logits;

  private PredictionFile(List<Map<String, String>> rows, Set<String> columns, boolean logits) {
    this.rows = rows;
    this.columns = columns;
    this.logits = logits;
  }

  /**
   * Predictions over a table.
   *
   * @param source for messages
   * @throws PmfException if the table has a column that would be added
   */
  static PredictionFile over(Path source, List<Map<String, String>> rows, boolean logits) {
    Set<String> columns = new LinkedHashSet<>();
    rows.forEach(row -> columns.addAll(row.keySet()));
    for (String column : columns) {
      if (column.equals(PREDICTION)
          || column.equals(PROBABILITY)
          || logits && column.startsWith("logit:")) {
        throw PmfException.input(
            source + ": has a column '" + column + "' already, which would be added; rename it");
      }
    }
    return new PredictionFile(rows, columns, logits);
  }

  void write(Path file, Task task, List<Prediction> predictions) {
    AtomicFile.write(file, out -> print(out, task, predictions));
  }

  private void print(OutputStream out, Task task, List<Prediction> predictions) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
    boolean probable = !(task instanceof Task.Regression);
    List<String> cells = new ArrayList<>(columns);
    cells.add(PREDICTION);
    if (probable) {
      cells.add(PROBABILITY);
    }
    if (logits) {
      task.labels().forEach(label -> cells.add("logit:" + label));
    }
    csv.printRecord(cells);
    for (int i = 0; i < predictions.size(); i++) {
      Prediction p = predictions.get(i);
      cells.clear();
      for (String column : columns) {
        cells.add(rows.get(i).getOrDefault(column, ""));
      }
      cells.add(p.label());
      if (probable) {
        cells.add(probability(p));
      }
      if (logits) {
        for (float logit : p.logits()) {
          cells.add(Float.toString(logit));
        }
      }
      csv.printRecord(cells);
    }
    csv.flush();
  }

  private static String probability(Prediction p) {
    Map<String, Double> all = p.probabilities();
    return String.join(
        "|", p.labels().stream().map(l -> Float.toString(all.get(l).floatValue())).toList());
  }
}
