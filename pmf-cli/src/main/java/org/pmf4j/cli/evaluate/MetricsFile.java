package org.pmf4j.cli.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pmf4j.core.file.AtomicFile;
import org.pmf4j.core.metrics.EvaluationResult;

/** An evaluation for programs: {@code rows}, {@code metrics}, {@code classes}, and more. */
final class MetricsFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private MetricsFile() {}

  static void write(Path file, EvaluationResult result) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", result.rows());
    all.put("metrics", result.metrics());
    all.put("classes", result.classes());
    result
        .confusion()
        .ifPresent(c -> all.put("confusion", Map.of("labels", c.labels(), "counts", c.counts())));
    all.put("notes", result.notes());
    try {
      AtomicFile.write(file, JSON.writeValueAsString(all) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain numbers and texts", e);
    }
  }
}
