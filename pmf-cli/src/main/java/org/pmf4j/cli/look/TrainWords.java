package org.pmf4j.cli.look;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.pmf4j.cli.console.ShellWord;
import org.pmf4j.core.data.Columns;
import org.pmf4j.core.data.TableLocation;
import org.pmf4j.core.data.Task;
import org.pmf4j.core.look.Kind;
import org.pmf4j.core.look.Look;
import org.pmf4j.core.look.LookConfig;
import org.pmf4j.core.look.LookJob;
import org.pmf4j.core.split.Part;
import org.pmf4j.core.split.SplitRule;

/** What to do with the tables that were looked at: the commands that train on them. */
final class TrainWords {
  private static final String TABULAR = "tabular";

  /** Usual encoders of the hub. */
  private static final Map<String, String> USUAL =
      Map.of(
          "image", "hf:google/vit-base-patch16-224",
          "text", "hf:google-bert/bert-base-uncased",
          "audio", "hf:MIT/ast-finetuned-audioset-10-10-0.4593",
          "video", "hf:MCG-NJU/videomae-base");

  private final Look look;
  private final LookConfig config;
  private final Map<String, String> chosen;
  private final List<String> csv;

  /**
   * Words.
   *
   * @param chosen encoders that were named, by name
   * @param csv words that say how CSV is written
   */
  TrainWords(Look look, LookConfig config, Map<String, String> chosen, List<String> csv) {
    this.look = look;
    this.config = config;
    this.chosen = chosen;
    this.csv = csv;
  }

  /** Lines: sentences, and commands that begin with {@code pmf}. */
  List<String> advice() {
    List<String> lines = new ArrayList<>();
    if (look.rows() == 0) {
      lines.add("There are no rows to train on.");
      return lines;
    }
    if (look.labels().isEmpty()) {
      lines.add("No column is called label: name the one of labels by --label COLUMN.");
      return lines;
    }
    Map<String, String> encoders = encoders();
    if (encoders.isEmpty()) {
      lines.add("No column holds what an encoder reads.");
      return lines;
    }
    if (encoders.size() == 1) {
      lines.add(
          "pmf train fuses two kinds of input or more, and this table has one: "
              + encoders.keySet().iterator().next()
              + ".");
      return lines;
    }
    String fetched =
        encoders.values().stream()
            .filter(e -> e.startsWith("hf:"))
            .map(e -> ShellWord.of(e.substring("hf:".length())))
            .distinct()
            .collect(Collectors.joining(" "));
    if (!fetched.isEmpty()) {
      lines.add("pmf fetch " + fetched);
    }
    lines.add(typed(train(encoders)));
    return lines;
  }

  /** By name, what is read by it: those that were chosen, else one for each kind of input. */
  private Map<String, String> encoders() {
    Map<String, String> all = new LinkedHashMap<>();
    for (String modality : List.of("image", "audio", "video", "text", TABULAR)) {
      List<String> columns = look.read(modality);
      if (!columns.isEmpty()) {
        String usual = USUAL.getOrDefault(modality, modality + "-encoder");
        all.put(modality, chosen.getOrDefault(modality, usual));
      }
    }
    chosen.forEach(all::putIfAbsent);
    return all;
  }

  private List<String> train(Map<String, String> encoders) {
    List<String> words = new ArrayList<>(List.of("pmf", "train"));
    table(words);
    config.tables().stream()
        .filter(t -> t.part() == Part.VALIDATION)
        .forEach(t -> words.addAll(List.of("--validation", t.table().name())));
    split(words);
    for (String name : encoders.keySet()) {
      List<String> columns = config.options().columns().named().getOrDefault(name, look.read(name));
      List<String> read = name.equals(TABULAR) ? columns : columns.stream().limit(1).toList();
      boolean usual = read.isEmpty() || read.equals(List.of(name)) && !name.equals(TABULAR);
      if (!usual && !read.equals(List.of(LookJob.FILES))) {
        words.addAll(List.of("--column", name + "=" + names(read)));
      }
    }
    Look.Labels labels = look.labels().orElseThrow();
    if (!labels.column().equals(Columns.LABEL)) {
      words.addAll(List.of("--label", labels.column()));
    }
    if (!labels.task().equals(Task.SINGLE_LABEL)) {
      words.addAll(List.of("--task", labels.task()));
    }
    encoders.forEach(
        (name, place) -> {
          if (!isMade(name)) {
            words.addAll(List.of("--encoder", name + "=" + place));
          }
        });
    words.addAll(List.of("--out", "model"));
    return words;
  }

  /** True for an encoder that training makes of the rows. */
  private boolean isMade(String name) {
    return name.equals(TABULAR) && !chosen.containsKey(TABULAR);
  }

  private void table(List<String> words) {
    TableLocation table = config.tables().get(0).table();
    words.addAll(List.of("--data", table.name()));
    table.query().ifPresent(q -> words.addAll(List.of("--query", q)));
    words.addAll(csv);
  }

  /** As it was looked at; else by its own column; else nine to one, where there is one table. */
  private void split(List<String> words) {
    SplitRule rule = config.split().orElse(null);
    if (rule instanceof SplitRule.ByColumn by) {
      words.addAll(List.of("--split-column", by.column()));
    } else if (rule instanceof SplitRule.ByShares by) {
      words.addAll(List.of("--split", shares(by)));
      by.groupColumn().ifPresent(c -> words.addAll(List.of("--group-column", c)));
      if (by.seed() != 0) {
        words.addAll(List.of("--split-seed", String.valueOf(by.seed())));
      }
    } else if (config.tables().stream().noneMatch(t -> t.part() == Part.VALIDATION)) {
      look.columns().stream()
          .filter(c -> c.role().kind() == Kind.PART)
          .findFirst()
          .ifPresentOrElse(
              c -> words.addAll(List.of("--split-column", c.name())),
              () -> words.addAll(List.of("--split", "0.8,0.1,0.1")));
    }
  }

  private static String shares(SplitRule.ByShares by) {
    String written = by.shares().toString();
    return written.endsWith(",0.0") ? written.substring(0, written.length() - 4) : written;
  }

  /** Names between commas; one with a comma in double quotes, as in CSV. */
  private static String names(List<String> columns) {
    return columns.stream()
        .map(c -> c.contains(",") || c.contains("\"") ? '"' + c.replace("\"", "\"\"") + '"' : c)
        .collect(Collectors.joining(","));
  }

  private static String typed(List<String> words) {
    return words.stream().map(ShellWord::of).collect(Collectors.joining(" "));
  }
}
