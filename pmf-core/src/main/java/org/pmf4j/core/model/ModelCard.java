package org.pmf4j.core.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.pmf4j.api.error.Quote;
import org.pmf4j.core.metrics.EvaluationResult;

/** The README.md of a saved model. Has no state: any thread may call it. */
public final class ModelCard {
  private ModelCard() {}

  /**
   * A card in Markdown.
   *
   * @param config what was saved
   * @param provenance facts about data and run, by name
   * @param validation scores on the validation data; null if there were none
   */
  public static String of(
      AdapterConfig config, Map<String, String> provenance, EvaluationResult validation) {
    StringBuilder b = new StringBuilder();
    b.append("---\nlibrary_name: pmf4j\ntags:\n- multimodal\n- pmf\n---\n\n");
    b.append("# A fused model of ");
    b.append(
        String.join(
            " and ", config.encoders().stream().map(e -> Markdown.text(e.name())).toList()));
    boolean tuned = config.trainableParameters() == config.totalParameters();
    b.append(tuned ? "\n\nFine-tuned encoders, " : "\n\nAn adapter for frozen encoders, ")
        .append("trained by ")
        .append(config.writtenBy())
        .append(
            tuned
                ? ". It holds all weights; configuration and preprocessing are those of the encoders"
                    + " below, which are needed beside it.\n\n"
                : ". It holds trained tensors only; the encoders below are needed beside it.\n\n");
    b.append("| | |\n|---|---|\n");
    row(b, "method", config.method());
    row(b, "task", config.task());
    row(b, "labels", labels(config));
    row(
        b,
        "trained weights",
        String.format(
            Locale.ROOT,
            "%,d of %,d (%.2f %%)",
            config.trainableParameters(),
            config.totalParameters(),
            100.0 * config.trainableParameters() / config.totalParameters()));
    provenance.forEach((k, v) -> row(b, k, v));
    b.append("\n## Encoders\n\n| modality | family | source | SHA-256 |\n|---|---|---|---|\n");
    config
        .encoders()
        .forEach(
            e ->
                b.append(
                    String.format(
                        Locale.ROOT,
                        "| %s | %s | %s | %s |\n",
                        Markdown.text(e.name()),
                        Markdown.text(e.modelType()),
                        Markdown.code(e.source()),
                        Markdown.code(e.sha256()))));
    b.append("\n## Settings\n\n| setting | value |\n|---|---|\n");
    config.fusion().forEach((k, v) -> row(b, k, String.valueOf(v)));
    config.training().forEach((k, v) -> row(b, k, String.valueOf(v)));
    if (validation != null) {
      scores(b, validation);
    }
    return b.toString();
  }

  private static String labels(AdapterConfig config) {
    int shown = Math.min(30, config.labels().size());
    List<String> first = config.labels().subList(0, shown).stream().map(Quote::name).toList();
    String rest = shown < config.labels().size() ? ", …" : "";
    return config.labels().size() + ": " + String.join(", ", first) + rest;
  }

  private static void scores(StringBuilder b, EvaluationResult s) {
    b.append("\n## Validation\n\n").append(s.rows()).append(" rows.\n\n");
    b.append("| metric | value |\n|---|---|\n");
    s.metrics().forEach((k, v) -> row(b, k, number(v)));
    patterns(b, s);
    if (!s.classes().isEmpty()) {
      b.append("\n| class | precision | recall | F1 | samples |\n|---|---:|---:|---:|---:|\n");
      s.classes()
          .forEach(
              c ->
                  b.append(
                      String.format(
                          Locale.ROOT,
                          "| %s | %s | %s | %s | %d |\n",
                          Markdown.text(c.label()),
                          number(c.precision()),
                          number(c.recall()),
                          number(c.f1()),
                          c.support())));
    }
  }

  /** Where rows lack modalities, a row for each pattern of what is there. */
  private static void patterns(StringBuilder b, EvaluationResult s) {
    if (s.patterns().isEmpty()) {
      return;
    }
    Set<String> names = s.metrics().keySet();
    b.append("\n| there | rows | ").append(String.join(" | ", names)).append(" |\n|---|---:|");
    b.append("---:|".repeat(names.size())).append('\n');
    s.patterns()
        .forEach(
            (pattern, found) -> {
              b.append("| ")
                  .append(Markdown.text(pattern))
                  .append(" | ")
                  .append(found.rows())
                  .append(" |");
              for (String name : names) {
                Double value = found.metrics().get(name);
                b.append(' ').append(value == null ? "–" : number(value)).append(" |");
              }
              b.append('\n');
            });
  }

  private static String number(double v) {
    return String.format(Locale.ROOT, "%.4f", v);
  }

  private static void row(StringBuilder b, String name, String value) {
    b.append("| ").append(Markdown.text(name)).append(" | ");
    b.append(Markdown.text(value)).append(" |\n");
  }
}
