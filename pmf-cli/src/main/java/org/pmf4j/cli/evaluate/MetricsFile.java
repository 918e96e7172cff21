package org.pmf4j.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.cli.rows.RowTarget;
import org.pmf4j.core.metrics.ConfusionMatrix;
import org.pmf4j.core.metrics.EvaluationResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An evaluation for programs: {@code rows}, {@code missing} (by modality, how many rows lack it),
 * {@code metrics}, {@code classes}, and more; where rows lack modalities, {@code patterns} has rows
 * and metrics for each pattern of what is there. The same evaluation gives the same bytes.
 */
final class MetricsFile {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsFile.class);

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private MetricsFile() {}

  static void write(RowTarget file, EvaluationResult result, Map<String, Integer> missing) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", result.rows());
    all.put("missing", missing);
    all.putAll(measured(result));
    all.put("classes", result.classes());
    result.confusion().ifPresent(c -> all.put("confusion", confusion(c)));
    all.put("notes", result.notes());
    if (!result.patterns().isEmpty()) {
      Map<String, Object> patterns = new LinkedHashMap<>();
      result.patterns().forEach((name, found) -> patterns.put(name, measured(found)));
      all.put("patterns", patterns);
    }
    try {
      byte[] json = (JSON.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8);
      file.write(out -> out.write(json));
      LOG.info("{}: metrics saved", file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain numbers and texts", e);
    }
  }

  private static Map<String, Object> confusion(ConfusionMatrix c) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("labels", c.labels());
    m.put("counts", c.counts());
    return m;
  }

  private static Map<String, Object> measured(EvaluationResult result) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("rows", result.rows());
    m.put("metrics", result.metrics());
    return m;
  }
}
