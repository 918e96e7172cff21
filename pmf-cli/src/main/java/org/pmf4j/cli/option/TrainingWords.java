package org.pmf4j.cli.option;

import java.util.List;
import java.util.Map;
import org.pmf4j.core.training.TrainSettings;

/** {@link TrainingOptions} as words of a command line. Has no state: any thread may call it. */
public final class TrainingWords {
  /** Those in which commands differ, or runs that people compare. */
  private static final List<String> TOLD =
      List.of(
          "epochs", "batch-size", "learning-rate", "weight-decay", "patience", "metric", "seed");

  private TrainingWords() {}

  /** Adds the words of settings; the others of them have their defaults. */
  public static void add(List<String> words, TrainSettings settings) {
    Map<String, Object> all = settings.toMap();
    TOLD.forEach(key -> words.addAll(List.of("--" + key, String.valueOf(all.get(key)))));
  }
}
