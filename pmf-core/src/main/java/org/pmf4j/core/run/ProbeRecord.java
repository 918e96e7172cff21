package org.pmf4j.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pmf4j.core.model.Markdown;
import org.pmf4j.core.probe.ProbeComparison;
import org.pmf4j.core.probe.ProbeScore;
import org.pmf4j.core.probe.Score;
import org.pmf4j.core.statistics.ConfidenceInterval;

/**
 * A comparison with linear probes as it is kept beside the model: {@code probes.json} for programs,
 * and a section of the card for people. The same comparison gives the same bytes.
 *
 * @param compared what was found
 */
record ProbeRecord(ProbeComparison compared) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * For programs.
   *
   * @param adapter checksum of the trained tensors that were compared
   */
  String json(String adapter) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("adapter_sha256", adapter);
    all.put("metric", compared.metric().key());
    all.put("confidence", ConfidenceInterval.LEVEL);
    Map<String, Object> rows = new LinkedHashMap<>();
    rows.put("training", compared.rows().training());
    rows.put("fitted", compared.rows().fitted());
    rows.put("validation", compared.rows().validation());
    rows.put("compared", compared.rows().compared());
    all.put("rows", rows);
    all.put("fusion", score(compared.fusion()));
    all.put("probes", compared.probes().stream().map(this::probe).toList());
    all.put("verdict", compared.verdict().name().toLowerCase(Locale.ROOT));
    all.put("sentence", compared.sentence());
    try {
      return JSON.writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain numbers and texts", e);
    }
  }

  private Map<String, Object> probe(ProbeScore probe) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("modalities", probe.modalities());
    m.put("l2", probe.penalty());
    m.putAll(score(probe.score()));
    m.put("fusion_minus_probe", score(probe.difference()));
    m.put("fusion_is", probe.verdict(compared.metric()).name().toLowerCase(Locale.ROOT));
    return m;
  }

  private static Map<String, Object> score(Score score) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("value", score.value());
    m.put("low", score.interval().low());
    m.put("high", score.interval().high());
    return m;
  }

  /** For people, in Markdown. */
  String section() {
    StringBuilder b = new StringBuilder();
    b.append("\n## Is fusion worth it?\n\n");
    b.append(Markdown.text(compared.sentence())).append(".\n\n| model | ");
    b.append(compared.metric().key());
    b.append(" | 95 % interval | fusion minus it |\n|---|---:|---:|---:|\n");
    row(b, "fusion", compared.fusion(), "");
    for (ProbeScore probe : compared.probes()) {
      Score d = probe.difference();
      String difference =
          String.format(
              Locale.ROOT,
              "%+.4f (%+.4f to %+.4f)",
              d.value(),
              d.interval().low(),
              d.interval().high());
      row(b, probe.name(), probe.score(), difference);
    }
    return b.toString();
  }

  private static void row(StringBuilder b, String name, Score score, String difference) {
    List<String> cells =
        List.of(
            Markdown.text(name),
            String.format(Locale.ROOT, "%.4f", score.value()),
            String.format(
                Locale.ROOT, "%.4f to %.4f", score.interval().low(), score.interval().high()),
            difference);
    b.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
