package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pmf4j.api.error.Quote;
import org.pmf4j.cli.page.Previews;
import org.pmf4j.cli.page.Showcase;
import org.pmf4j.cli.page.Shown;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.model.Answer;
import org.pmf4j.core.model.Answers;
import org.pmf4j.report.Remarks;
import org.pmf4j.report.Samples;
import org.pmf4j.report.Section;

/**
 * The rows of the largest loss, with what can be seen, heard and read of them: 24 rows, texts of
 * 600 characters each, pictures and sounds of 4 MiB in all.
 */
final class WorstRows {
  private static final int ROWS = 24;
  private static final int SCORES = 3;

  private final Answers answers;
  private final Showcase showcase;

  WorstRows(Answers answers, Previews previews) {
    this.answers = answers;
    this.showcase = new Showcase(previews);
  }

  List<Section> sections() {
    List<Samples.Sample> shown = answers.worst(ROWS).stream().map(this::sample).toList();
    if (shown.isEmpty()) {
      return List.of(new Remarks("The most wrong rows", List.of("No row is wrong.")));
    }
    return List.of(new Samples(title(shown.size()), shown));
  }

  private String title(int shown) {
    if (answers.task() instanceof Task.Regression) {
      return "The rows that are farthest off";
    }
    int wrong = answers.wrong().size();
    return wrong == shown
        ? String.format(Locale.ROOT, "The %,d wrong rows, the largest loss first", wrong)
        : String.format(Locale.ROOT, "The most wrong rows: %d of %,d, by their loss", shown, wrong);
  }

  private Samples.Sample sample(Answer answer) {
    Showcase.Shelf shelf = showcase.of(answer.example().sources());
    List<String> remarks = new ArrayList<>(shelf.remarks());
    remarks.add(
        Quote.plain(answer.example().place())
            + String.format(Locale.ROOT, ", loss %.4f", answer.loss()));
    return new Samples.Sample(
        shelf.pictures(),
        shelf.sounds(),
        shelf.text(),
        predicted(answer),
        truth(answer),
        scores(answer),
        remarks);
  }

  private String predicted(Answer answer) {
    if (answers.task() instanceof Task.Regression) {
      double value = answer.prediction().value();
      double truth = Task.Regression.number(answer.example());
      return String.format(
          Locale.ROOT, "%.4g, truly %.4g: off by %.4g", value, truth, Math.abs(value - truth));
    }
    return labels(answer.prediction().labels());
  }

  private Optional<String> truth(Answer answer) {
    if (answers.task() instanceof Task.Regression) {
      return Optional.empty();
    }
    Label label = answer.example().requireLabel();
    if (answers.task() instanceof Task.SingleLabel) {
      return Optional.of(labels(List.of(label.one())));
    }
    Set<String> own = new LinkedHashSet<>(label.several());
    return Optional.of(labels(answers.task().labels().stream().filter(own::contains).toList()));
  }

  private static String labels(List<String> labels) {
    return labels.isEmpty()
        ? "(no label)"
        : labels.stream().map(Shown::label).collect(Collectors.joining(", "));
  }

  private List<Samples.Score> scores(Answer answer) {
    return answers.task() instanceof Task.Regression
        ? List.of()
        : answer.prediction().top(SCORES).stream()
            .map(r -> new Samples.Score(Shown.label(r.label()), r.probability()))
            .toList();
  }
}
