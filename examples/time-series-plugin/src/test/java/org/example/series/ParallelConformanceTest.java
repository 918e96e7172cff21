package org.example.series;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;

/** The same modality with the family whose layers are this plugin's own. */
@DisplayName("Time series in parallel layers")
class ParallelConformanceTest extends SeriesConformanceTest {
  @Override
  protected EncoderFamily family() {
    return new ParallelFamily();
  }

  @Override
  protected void writeEncoder(Path folder) {
    super.writeEncoder(folder);
    makeParallel(folder);
  }

  @Override
  protected void writeOtherEncoder(Path folder) {
    super.writeOtherEncoder(folder);
    makeParallel(folder);
  }

  private static void makeParallel(Path folder) {
    Path file = folder.resolve("config.json");
    Map<String, Object> config = new LinkedHashMap<>(EncoderConfig.read(file).values());
    config.put("model_type", ParallelFamily.MODEL_TYPE);
    EncoderConfig.write(file, config);
  }
}
