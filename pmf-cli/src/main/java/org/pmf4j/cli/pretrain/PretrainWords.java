package org.pmf4j.cli.pretrain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.pmf4j.cli.option.Choice;
import org.pmf4j.cli.option.TrainingWords;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.CsvDialect;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.UnknownLabels;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;

/** The words of {@code pmf pretrain} that do what a call does. For one thread at a time. */
public final class PretrainWords {
  /** Sizes that the command line calls otherwise. */
  private static final Map<String, String> OPTIONS = Map.of("vocab-size", "vocabulary-size");

  private final List<String> words = new ArrayList<>(List.of("pmf", "pretrain"));

  private PretrainWords() {}

  /** The words, those of {@code --out} last. */
  public static List<String> of(PretrainConfig config) {
    PretrainWords all = new PretrainWords();
    all.option("modality", config.modality());
    all.option("goal", Choice.name(config.goal()));
    all.table("data", "query", config.data());
    config.validation().ifPresent(v -> all.table("validation", "validation-query", v));
    all.reading(config);
    all.origin(config.origin());
    if (!config.augment()) {
      all.words.add("--no-augmentation");
    }
    TrainingWords.add(all.words, config.training());
    all.option("out", config.out());
    return all.words;
  }

  private void table(String name, String query, TableLocation table) {
    option(name, table);
    table.query().ifPresent(sql -> option(query, sql));
  }

  private void reading(PretrainConfig config) {
    Columns columns = config.tables().columns();
    List<String> read = columns.of(config.modality());
    if (!read.equals(List.of(config.modality()))) {
      String names = read.stream().map(PretrainWords::quoted).collect(Collectors.joining(","));
      option("column", config.modality() + "=" + names);
    }
    if (!columns.label().equals(Columns.LABEL)) {
      option("label", columns.label());
    }
    Map<String, Object> usual = CsvDialect.DEFAULT.values().toMap();
    config.tables().csv().values().toMap().entrySet().stream()
        .filter(e -> !e.getValue().equals(usual.get(e.getKey())))
        .forEach(e -> option("csv", e.getKey() + "=" + e.getValue()));
    if (config.tables().unknownLabels() == UnknownLabels.SKIP) {
      option("unknown-labels", Choice.name(UnknownLabels.SKIP));
    }
  }

  /** As {@code --column} takes it: in quotes where it has a comma or quotes. */
  private static String quoted(String name) {
    return name.contains(",") || name.contains("\"")
        ? "\"" + name.replace("\"", "\"\"") + "\""
        : name;
  }

  private void origin(InitialEncoder origin) {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    if (origin instanceof InitialEncoder.Scratch scratch) {
      sizes.put("width", scratch.sizes().width());
      sizes.put("depth", scratch.sizes().depth());
      sizes.put("heads", scratch.sizes().heads());
      sizes.putAll(new TreeMap<>(scratch.sizes().extra()));
    } else if (origin instanceof InitialEncoder.Existing existing) {
      option("from", existing.encoder());
      sizes.putAll(existing.stated());
    }
    sizes.forEach((key, value) -> option(OPTIONS.getOrDefault(key, key), value));
  }

  private void option(String name, Object value) {
    words.add("--" + name);
    words.add(value.toString());
  }
}
