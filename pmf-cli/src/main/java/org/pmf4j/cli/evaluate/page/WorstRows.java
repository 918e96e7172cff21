package org.pmf4j.cli.evaluate.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.error.Quote;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;
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
  private static final int TEXT = 600;
  private static final long MOST_BYTES = 4L << 20;

  private final Answers answers;
  private final Previews previews;
  private long left = MOST_BYTES;

  WorstRows(Answers answers, Previews previews) {
    this.answers = answers;
    this.previews = previews;
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
    Shelf shelf = new Shelf();
    answer.example().sources().forEach((modality, source) -> show(modality, source, shelf));
    List<String> remarks = new ArrayList<>(shelf.remarks);
    remarks.add(
        Quote.plain(answer.example().place())
            + String.format(Locale.ROOT, ", loss %.4f", answer.loss()));
    return new Samples.Sample(
        shelf.pictures,
        shelf.sounds,
        String.join("\n", shelf.texts),
        predicted(answer),
        truth(answer),
        scores(answer),
        remarks);
  }

  /** What was found of one row. */
  private static final class Shelf {
    private final List<Samples.Picture> pictures = new ArrayList<>();
    private final List<Samples.Sound> sounds = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
  }

  private void show(String modality, Source source, Shelf shelf) {
    if (source instanceof Source.Text text) {
      shelf.texts.add(Shown.text(text.text(), TEXT));
      return;
    }
    String name = modality + ": " + Shown.label(name(source));
    Optional<Preview> found;
    try {
      found = previews.of(modality, source);
    } catch (PmfException e) {
      shelf.remarks.add(modality + " is not shown: " + Quote.message(e.getMessage()));
      return;
    }
    if (found.isEmpty()) {
      shelf.remarks.add(name);
    } else if (bytes(found.get()) > left) {
      shelf.remarks.add(name + " is not shown: the page has enough pictures and sounds");
    } else if (found.get() instanceof Preview.Picture p) {
      left -= p.bytes().length;
      shelf.pictures.add(new Samples.Picture(p.mediaType(), p.bytes(), name));
    } else if (found.get() instanceof Preview.Sound s) {
      left -= s.bytes().length;
      String length =
          String.format(Locale.ROOT, s.whole() ? ", %.1f s" : ", first %.1f s", s.seconds());
      shelf.sounds.add(new Samples.Sound(s.mediaType(), s.bytes(), name + length));
    }
  }

  private static long bytes(Preview preview) {
    return preview instanceof Preview.Picture p
        ? p.bytes().length
        : ((Preview.Sound) preview).bytes().length;
  }

  private static String name(Source source) {
    return source instanceof Source.File f && f.path().getFileName() != null
        ? f.path().getFileName().toString()
        : source.describe();
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
