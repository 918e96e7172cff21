package org.pmf4j.cli.evaluate;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.cli.predict.AnswerOptions;
import org.pmf4j.cli.predict.TypedAnswer;
import org.pmf4j.cli.rows.FormatOption;
import org.pmf4j.cli.rows.JsonObjects;
import org.pmf4j.cli.rows.JsonValues;
import org.pmf4j.cli.rows.RowFormat;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Answer;
import org.pmf4j.core.model.Answers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a model has wrong, in the order of the table: {@code row} (from 1), {@code place},
 * {@code label}, {@code prediction}, {@code probability} (of what was predicted; in CSV several are
 * joined by {@code |} as the labels are, in JSON they are lists) and {@code loss}.
 *
 * @param format in which they are written
 * @param options how texts are written
 */
record WrongFile(RowFormat format, FormatOption options) {
  private static final Logger LOG = LoggerFactory.getLogger(WrongFile.class);

  private static final List<String> COLUMNS =
      List.of("row", "place", "label", "prediction", "probability", "loss");

  /** Writes it whole. */
  void write(RowTarget target, Answers answers) {
    List<Answer> wrong = answers.wrong();
    target.write(
        out -> {
          if (format == RowFormat.CSV) {
            csv(wrong, out);
          } else {
            json(wrong, out);
          }
        });
    LOG.info("{}: {} wrong rows saved", target, wrong.size());
  }

  private void csv(List<Answer> wrong, OutputStream out) throws IOException {
    CSVFormat dialect = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    CSVPrinter csv = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), dialect);
    csv.printRecord(COLUMNS);
    for (Answer a : wrong) {
      csv.printRecord(
          a.row(),
          options.text(a.example().place()),
          options.text(label(a)),
          options.text(a.prediction().label()),
          AnswerOptions.probability(a.prediction()),
          a.loss());
    }
    csv.flush();
  }

  private void json(List<Answer> wrong, OutputStream out) throws IOException {
    JsonObjects objects = new JsonObjects(out, format);
    for (Answer a : wrong) {
      Label label = a.example().requireLabel();
      boolean several = a.prediction().task() instanceof Task.MultiLabel;
      List<Object> values =
          List.of(
              a.row(),
              JsonValues.text(a.example().place()),
              several ? label.several() : label.one(),
              TypedAnswer.prediction(a.prediction()),
              TypedAnswer.probability(a.prediction()).orElseThrow(),
              a.loss());
      Map<String, Object> fields = new LinkedHashMap<>();
      COLUMNS.forEach(column -> fields.put(column, values.get(COLUMNS.indexOf(column))));
      objects.add(fields);
    }
    objects.end();
  }

  private static String label(Answer a) {
    Label label = a.example().requireLabel();
    Task task = a.prediction().task();
    return task instanceof Task.MultiLabel
        ? Label.text(label.several(), task.labels())
        : label.one();
  }
}
