package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.data.TableStream;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/**
 * A table with predictions added: {@code prediction}, {@code probability} (several joined by {@code
 * |} as the labels are; none for regression) and what {@link AnswerOptions} add.
 */
final class PredictionFile {
  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";

  private final List<String> columns;
  private final AnswerOptions answers;
  private final boolean forSpreadsheets;

  private PredictionFile(List<String> columns, AnswerOptions answers, boolean forSpreadsheets) {
    this.columns = columns;
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
  static PredictionFile over(TableStream table, AnswerOptions answers, boolean forSpreadsheets) {
    for (String column : table.columns()) {
      if (column.equals(PREDICTION) || column.equals(PROBABILITY) || answers.adds(column)) {
        throw PmfException.input(
            table.table()
                + ": has a column "
                + Quote.value(column)
                + " already, which would be added; rename it");
      }
    }
    return new PredictionFile(table.columns(), answers, forSpreadsheets);
  }

  /** Writes the header, and what is added. */
  Writer to(OutputStream out, Task task) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
    csv.printRecord(header(task));
    return new Writer(csv);
  }

  /** Writes row after row. */
  final class Writer {
    private final CSVPrinter csv;

    private Writer(CSVPrinter csv) {
      this.csv = csv;
    }

    /**
     * Writes a row.
     *
     * @param own the table's cells
     */
    void add(List<String> own, Prediction prediction) throws IOException {
      csv.printRecord(cells(own, prediction));
    }

    void flush() throws IOException {
      csv.flush();
    }
  }

  private List<String> header(Task task) {
    List<String> header = new ArrayList<>();
    columns.forEach(column -> header.add(text(column)));
    header.add(PREDICTION);
    if (!(task instanceof Task.Regression)) {
      header.add(PROBABILITY);
    }
    header.addAll(answers.columns(task));
    return header;
  }

  private List<String> cells(List<String> own, Prediction p) {
    List<String> cells = new ArrayList<>(own.size() + 2);
    own.forEach(cell -> cells.add(text(cell)));
    cells.add(text(p.label()));
    if (!(p.task() instanceof Task.Regression)) {
      cells.add(AnswerOptions.probability(p));
    }
    answers.cells(p).forEach(cell -> cells.add(text(cell)));
    return cells;
  }

  private String text(String cell) {
    return forSpreadsheets ? Spreadsheets.asText(cell) : cell;
  }
}
