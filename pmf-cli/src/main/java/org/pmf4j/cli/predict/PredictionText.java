package org.pmf4j.cli.predict;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.console.TextTable;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Prediction;

/** One prediction for people: the label, then each label's probability, the largest first. */
final class PredictionText {
  private PredictionText() {}

  static void print(Prediction prediction, AnswerOptions answers, PrintStream out) {
    boolean logits = answers.logits();
    String label = Quote.plain(prediction.label());
    out.println(label.isEmpty() ? "(no label)" : label);
    if (prediction.task() instanceof Task.Regression) {
      if (logits) {
        out.println("logit  " + prediction.logits()[0]);
      }
      return;
    }
    List<String> labels = prediction.task().labels();
    Map<String, Double> probabilities = prediction.probabilities();
    TextTable table =
        logits
            ? new TextTable("label", "probability", "logit")
            : new TextTable("label", "probability");
    IntStream.range(0, labels.size())
        .boxed()
        .sorted((a, b) -> Float.compare(prediction.logits()[b], prediction.logits()[a]))
        .limit(answers.shown(prediction.task()))
        .forEach(
            i -> {
              String p = String.format(Locale.ROOT, "%.4f", probabilities.get(labels.get(i)));
              if (logits) {
                table.row(labels.get(i), p, Float.toString(prediction.logits()[i]));
              } else {
                table.row(labels.get(i), p);
              }
            });
    out.println();
    table.print(out);
  }
}
