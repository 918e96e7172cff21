package org.pmf4j.cli.predict;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.api.table.Cell;
import org.pmf4j.cli.rows.FormatOption;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/** Predictions in CSV: a column for each thing that is told. */
final class CsvPredictions implements PredictionWriter {
  private final CSVPrinter csv;
  private final AnswerOptions answers;
  private final FormatOption format;

  /** Writes the header. */
  CsvPredictions(
      OutputStream out, List<String> columns, Task task, AnswerOptions answers, FormatOption format)
      throws IOException {
    CSVFormat dialect = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    this.csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), dialect);
    this.answers = answers;
    this.format = format;
    List<String> header = new ArrayList<>();
    columns.forEach(column -> header.add(format.text(column)));
    header.add(PredictionFile.PREDICTION);
    if (!(task instanceof Task.Regression)) {
      header.add(PredictionFile.PROBABILITY);
    }
    header.addAll(answers.columns(task));
    csv.printRecord(header);
  }

  @Override
  public void add(List<Cell> own, Prediction p) throws IOException {
    List<String> cells = new ArrayList<>(own.size() + 2);
    own.forEach(cell -> cells.add(format.text(cell.text())));
    cells.add(format.text(p.label()));
    if (!(p.task() instanceof Task.Regression)) {
      cells.add(AnswerOptions.probability(p));
    }
    answers.cells(p).forEach(cell -> cells.add(format.text(cell)));
    csv.printRecord(cells);
  }

  @Override
  public void flush() throws IOException {
    csv.flush();
  }

  @Override
  public void end() throws IOException {
    csv.flush();
  }
}
