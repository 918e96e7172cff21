package org.pmf4j.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.trunk.CachedTrunks;

/**
 * A training run from the adapter of the fixture {@code parity/pmf/curve}, on its 16 rows.
 *
 * @param steps a line of the log for each optimizer step
 * @param adapter the trained tensors
 */
record TrainingCurve(List<JsonNode> steps, Map<String, HostTensor> adapter) {
  static final String CACHED = "with cached trunks";

  /** What the reference trained with: 20 steps in the order of the table. */
  static final TrainSettings SETTINGS =
      TrainSettings.DEFAULT
          .with("epochs", 5)
          .with("batch-size", 4)
          .with("learning-rate", 5e-3)
          .with("warmup", 0.2)
          .with("weight-decay", 0.01)
          .with("beta2", 0.999)
          .with("clip", 1)
          .with("shuffle", false);

  /** Whether trunks are kept. */
  static Stream<String> caches() {
    return Stream.of("without a cache", CACHED);
  }

  static TrainingCurve of(String backend, String cache, TrainSettings settings, Path folder)
      throws IOException {
    Path curve = Fixtures.root().resolve("pmf/curve");
    Path encoders = Fixtures.root().resolve("pmf/encoders");
    Path model = folder.resolve("model");
    CacheConfig kept =
        cache.equals(CACHED)
            ? new CacheConfig(Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32)
            : CacheConfig.NONE;
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      pmf.train(
          TrainConfig.builder()
              .data(curve.resolve("train.csv"))
              .encoder("image", encoders.resolve("image-16"))
              .encoder("text", encoders.resolve("text-16"))
              .init(curve)
              .out(model)
              .existing(TrainConfig.Existing.OVERWRITE)
              .cache(kept)
              .training(settings)
              .build());
    }
    return new TrainingCurve(
        steps(model.resolve("train_log.jsonl")),
        Fixtures.tensors(model.resolve("adapter_model.safetensors")));
  }

  private static List<JsonNode> steps(Path log) throws IOException {
    List<JsonNode> steps = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.has("loss")) {
        steps.add(node);
      }
    }
    return steps;
  }

  /** A number of each step. */
  float[] column(String name) {
    float[] values = new float[steps.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) steps.get(i).get(name).asDouble();
    }
    return values;
  }
}
