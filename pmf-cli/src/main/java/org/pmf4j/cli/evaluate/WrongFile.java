package org.pmf4j.cli.evaluate;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.pmf4j.api.file.AtomicFile;
import org.pmf4j.cli.predict.AnswerOptions;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Answer;
import org.pmf4j.core.model.Answers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that a model has wrong, in the order of the table: {@code row} (from 1), {@code place},
 * {@code label}, {@code prediction}, {@code probability} (of what was predicted, several joined by
 * {@code |} as the labels are) and {@code loss}.
 */
final class WrongFile {
  private static final Logger LOG = LoggerFactory.getLogger(WrongFile.class);

  private WrongFile() {}

  /** Writes it whole; {@code text} says how a cell of text is written. */
  static void write(Path file, Answers answers, UnaryOperator<String> text) {
    List<Answer> wrong = answers.wrong();
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
    AtomicFile.write(
        file,
        out -> {
          CSVPrinter csv =
              new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), format);
          csv.printRecord("row", "place", "label", "prediction", "probability", "loss");
          for (Answer a : wrong) {
            print(csv, a, text);
          }
          csv.flush();
        });
    LOG.info("{}: {} wrong rows saved", file, wrong.size());
  }

  private static void print(CSVPrinter csv, Answer a, UnaryOperator<String> text)
      throws IOException {
    csv.printRecord(
        a.row(),
        text.apply(a.example().place()),
        text.apply(label(a)),
        text.apply(a.prediction().label()),
        AnswerOptions.probability(a.prediction()),
        a.loss());
  }

  private static String label(Answer a) {
    Label label = a.example().requireLabel();
    Task task = a.prediction().task();
    return task instanceof Task.MultiLabel
        ? Label.text(label.several(), task.labels())
        : label.one();
  }
}
