package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table with predictions added: {@code prediction}, {@code probability} (several joined by {@code
 * |} as the labels are; none for regression) and what {@link AnswerOptions} add. The table's own
 * cells are read again while it is written, so that they need not be kept.
 */
final class PredictionFile {
  private static final Logger LOG = LoggerFactory.getLogger(PredictionFile.class);

  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";

  private final Table table;
  private final AnswerOptions answers;
  private final boolean forSpreadsheets;

  private PredictionFile(Table table, AnswerOptions answers, boolean forSpreadsheets) {
    this.table = table;
    this.answers = answers;
    this.forSpreadsheets = forSpreadsheets;
  }

  /**
   * Predictions over a table.
   *
   * @param forSpreadsheets whether texts that would be taken for formulas get an apostrophe in
   *     front
   * @throws PmfException if the table has a column that would be added
   */
  static PredictionFile over(Table table, AnswerOptions answers, boolean forSpreadsheets) {
    for (String column : table.columns()) {
      if (column.equals(PREDICTION) || column.equals(PROBABILITY) || answers.adds(column)) {
        throw PmfException.input(
            table.file()
                + ": has a column "
                + Quote.value(column)
                + " already, which would be added; rename it");
      }
    }
    return new PredictionFile(table, answers, forSpreadsheets);
  }

  void write(Path file, Task task, List<Prediction> predictions) {
    AtomicFile.write(file, out -> print(out, task, predictions));
    LOG.info("{}: {} predictions saved", file, predictions.size());
  }

  private void print(OutputStream out, Task task, List<Prediction> predictions) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
    csv.printRecord(header(task));
    try {
      table.forEach((row, cells) -> print(csv, cells, predictions.get(row)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    csv.flush();
  }

  private List<String> header(Task task) {
    List<String> header = new ArrayList<>();
    table.columns().forEach(column -> header.add(text(column)));
    header.add(PREDICTION);
    if (!(task instanceof Task.Regression)) {
      header.add(PROBABILITY);
    }
    header.addAll(answers.columns(task));
    return header;
  }

  private void print(CSVPrinter csv, List<String> own, Prediction p) {
    List<String> cells = new ArrayList<>(own.size() + 2);
    own.forEach(cell -> cells.add(text(cell)));
    cells.add(text(p.label()));
    if (!(p.task() instanceof Task.Regression)) {
      cells.add(AnswerOptions.probability(p));
    }
    answers.cells(p).forEach(cell -> cells.add(text(cell)));
    try {
      csv.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String cell) {
    return forSpreadsheets ? Spreadsheets.asText(cell) : cell;
  }
}
