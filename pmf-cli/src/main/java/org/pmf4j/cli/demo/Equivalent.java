package org.pmf4j.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.cli.option.TrainingWords;
import org.pmf4j.core.run.TrainConfig;

/** The words of the command line that do what a call does. */
final class Equivalent {
  private Equivalent() {}

  static List<String> command(TrainConfig config) {
    List<String> words = new ArrayList<>(List.of("pmf", "train"));
    option(words, "data", config.data());
    config.validation().ifPresent(v -> option(words, "validation", v));
    config.encoders().forEach((name, folder) -> option(words, "encoder", name + "=" + folder));
    config
        .encoderSettings()
        .forEach(
            (name, chosen) ->
                chosen.forEach(
                    (key, value) ->
                        option(words, "encoder-setting", name + "." + key + "=" + value)));
    option(words, "method", config.method());
    config.methodSettings().forEach((key, value) -> option(words, "set", key + "=" + value));
    option(words, "task", config.task());
    TrainingWords.add(words, config.training());
    config.cache().root().ifPresent(folder -> option(words, "cache", folder));
    option(words, "out", config.out());
    return words;
  }

  static List<String> evaluation(Path model, Path table) {
    List<String> words = new ArrayList<>(List.of("pmf", "evaluate"));
    option(words, "model", model);
    option(words, "data", table);
    return words;
  }

  private static void option(List<String> words, String name, Object value) {
    words.add("--" + name);
    words.add(value.toString());
  }
}
