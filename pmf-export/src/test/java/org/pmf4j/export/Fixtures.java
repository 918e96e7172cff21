package org.pmf4j.export;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.export.ExportRequest.Outputs;
import org.pmf4j.export.ExportRequest.Weights;
import org.pmf4j.onnx.Opset;

/** Tiny models to export. */
final class Fixtures {
  private static final Map<String, String> ENCODERS =
      Map.of(
          "image", "pmf/encoders/image-16", "text", "pmf/encoders/text-16", "audio", "missing/ast");

  private Fixtures() {}

  static Path root() {
    try {
      return Path.of(Fixtures.class.getResource("/parity").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** 16 rows of image and text. */
  static Path table() {
    return root().resolve("pmf/curve/train.csv");
  }

  /** Two rows of each pattern of image, text and audio. */
  static Path missing() {
    return root().resolve("missing/image-text-audio.csv");
  }

  /** One epoch of some modalities. */
  static TrainConfigBuilder training(Path out, Path table, String... modalities) {
    TrainConfigBuilder config =
        TrainConfig.builder()
            .data(table)
            .out(out)
            .cache(CacheConfig.NONE)
            .probes(false)
            .training(
                TrainSettings.DEFAULT
                    .with("epochs", 1)
                    .with("batch-size", 8)
                    .with("learning-rate", 0.01));
    for (String m : modalities) {
      config.encoder(m, root().resolve(ENCODERS.get(m)));
    }
    return config;
  }

  static ExportRequest request(Path model, Path out) {
    return new ExportRequest(
        model,
        Map.of(),
        out,
        List.of(),
        new LinkedHashMap<>(),
        Opset.DEFAULT,
        Outputs.PREDICTIONS,
        Weights.ONE_FILE);
  }

  static ExportJob job(Pmf pmf, ExportRequest request) {
    return new ExportJob(pmf, pmf.saved(request.model(), Map.of()), request);
  }
}
