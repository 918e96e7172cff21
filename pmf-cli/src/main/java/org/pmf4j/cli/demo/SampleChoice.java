package org.pmf4j.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Label;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.report.Samples;

/** Which rows of the test split a reader sees. */
final class SampleChoice {
  private static final int FIRST = 9;
  private static final int MISTAKES = 6;
  private static final int SCORES = 3;

  private SampleChoice() {}

  /** The first rows, as they come: three questions for each picture. */
  static Samples samePictures(Outcome outcome) {
    List<Samples.Sample> shown = new ArrayList<>();
    for (int i = 0; i < Math.min(FIRST, outcome.test().size()); i++) {
      shown.add(sample(outcome, i));
    }
    return new Samples("The first test pictures, three questions each", shown);
  }

  /** The first mistakes, if there are any. */
  static Optional<Samples> mistakes(Outcome outcome) {
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < outcome.test().size(); i++) {
      Example example = outcome.test().get(i);
      if (!outcome.predictions().get(i).label().equals(example.requireLabel().one())) {
        wrong.add(i);
      }
    }
    String title =
        String.format(
            Locale.ROOT,
            "Mistakes: %,d of %,d test rows, the first of them here",
            wrong.size(),
            outcome.test().size());
    List<Samples.Sample> shown =
        wrong.stream().limit(MISTAKES).map(i -> sample(outcome, i)).toList();
    return shown.isEmpty() ? Optional.empty() : Optional.of(new Samples(title, shown));
  }

  private static Samples.Sample sample(Outcome outcome, int row) {
    Example example = outcome.test().get(row);
    Prediction prediction = outcome.predictions().get(row);
    List<Samples.Score> scores =
        prediction.top(SCORES).stream()
            .map(r -> new Samples.Score(r.label(), r.probability()))
            .toList();
    List<Samples.Picture> pictures = new ArrayList<>();
    String text = "";
    for (Source source : example.sources().values()) {
      if (source instanceof Source.File file) {
        pictures.add(new Samples.Picture("image/png", bytes(file.path()), "a sign"));
      } else if (source instanceof Source.Text words) {
        text = words.text();
      }
    }
    return new Samples.Sample(
        pictures, text, prediction.label(), example.label().map(Label::one), scores);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.cannotRead(file, e);
    }
  }
}
