package org.pmf4j.cli.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pmf4j.cli.console.ShellWord;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;

/** The words of the command line that do what a call does. */
final class Equivalent {
  private static final List<String> TRAINING =
      List.of("epochs", "batch-size", "learning-rate", "weight-decay", "metric", "seed");

  /** Settings that the command line calls otherwise. */
  private static final Map<String, String> OPTIONS = Map.of("vocab-size", "vocabulary-size");

  private Equivalent() {}

  static List<String> command(PretrainConfig config) {
    List<String> words = new ArrayList<>(List.of("pmf", "pretrain"));
    option(words, "modality", config.modality());
    option(words, "goal", config.goal().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    option(words, "data", config.data());
    config.validation().ifPresent(v -> option(words, "validation", v));
    origin(words, config.origin());
    if (!config.augment()) {
      words.add("--no-augmentation");
    }
    training(words, config.training());
    option(words, "out", config.out());
    return words;
  }

  private static void origin(List<String> words, InitialEncoder origin) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    if (origin instanceof InitialEncoder.Scratch scratch) {
      sizes.put("width", scratch.sizes().width());
      sizes.put("depth", scratch.sizes().depth());
      sizes.put("heads", scratch.sizes().heads());
      sizes.putAll(new TreeMap<>(scratch.sizes().extra()));
    } else if (origin instanceof InitialEncoder.Existing existing) {
      option(words, "from", existing.encoder());
      sizes.putAll(existing.stated());
    }
    sizes.forEach((key, value) -> option(words, OPTIONS.getOrDefault(key, key), value));
  }

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
    training(words, config.training());
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

  /** A command as it is typed in a shell, over several lines where it is long. */
  static String typed(List<String> words) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (int i = 0; i < words.size(); i++) {
      boolean option = words.get(i).startsWith("--");
      String word = ShellWord.of(words.get(i));
      int length = option && i + 1 < words.size() ? word.length() + words.get(i + 1).length() : 0;
      if (option && column + length > 84) {
        text.append(" \\\n   ");
        column = 3;
      }
      text.append(i == 0 ? "" : " ").append(word);
      column += word.length() + 1;
    }
    return text.toString();
  }

  private static void training(List<String> words, TrainSettings settings) {
    Map<String, Object> all = new LinkedHashMap<>(settings.toMap());
    TRAINING.forEach(key -> option(words, key, all.get(key)));
  }

  private static void option(List<String> words, String name, Object value) {
    words.add("--" + name);
    words.add(value.toString());
  }
}
