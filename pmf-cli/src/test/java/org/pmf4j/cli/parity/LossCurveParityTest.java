package org.pmf4j.cli.parity;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.cli.Checked;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.trunk.CachedTrunks;

@DisplayName("Training takes the steps that torch.optim.AdamW takes")
class LossCurveParityTest {
  /**
   * Relative. AdamW divides by gradients' sizes, which makes small differences larger from step to
   * step; the reference moves by 5e-7 between single and double precision.
   */
  private static final double TOLERANCE = 1e-3;

  @TempDir private Path folder;

  static Stream<String> caches() {
    return Stream.of("without a cache", "with cached trunks");
  }

  @ParameterizedTest(name = "20 steps {0}")
  @MethodSource("caches")
  void twentyStepsAgree(String cache) throws IOException {
    Path curve = Fixtures.root().resolve("pmf/curve");
    Path encoders = Fixtures.root().resolve("pmf/encoders");
    Map<String, HostTensor> expected = Fixtures.tensors(curve.resolve("expected.safetensors"));
    boolean cached = cache.startsWith("with ");
    CacheConfig config =
        cached
            ? new CacheConfig(Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32)
            : CacheConfig.NONE;

    try (Pmf pmf = Checked.open()) {
      pmf.train(
          TrainConfig.builder()
              .data(curve.resolve("train.csv"))
              .encoder("image", encoders.resolve("image-16"))
              .encoder("text", encoders.resolve("text-16"))
              .init(curve)
              .out(folder.resolve("model"))
              .cache(config)
              .training(
                  TrainSettings.DEFAULT
                      .with("epochs", 5)
                      .with("batch-size", 4)
                      .with("learning-rate", 5e-3)
                      .with("warmup", 0.2)
                      .with("weight-decay", 0.01)
                      .with("beta2", 0.999)
                      .with("clip", 1)
                      .with("shuffle", false))
              .build());
    }

    List<JsonNode> steps = steps(folder.resolve("model/train_log.jsonl"));
    assertThat(steps).hasSize(20);
    Differences.assertCloseRelative(
        "losses", column(steps, "loss"), expected.get("losses"), TOLERANCE);
    Differences.assertCloseRelative(
        "gradient norms",
        column(steps, "gradient_norm"),
        expected.get("gradient_norms"),
        TOLERANCE);
    Differences.assertCloseRelative(
        "learning rates", column(steps, "learning_rate"), expected.get("learning_rates"), 1e-6);
    Map<String, HostTensor> adapter =
        Fixtures.tensors(folder.resolve("model/adapter_model.safetensors"));
    adapter.forEach(
        (name, t) ->
            Differences.assertCloseRelative(
                name, t.floats(), expected.get("final." + name), TOLERANCE));
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

  private static float[] column(List<JsonNode> steps, String name) {
    float[] values = new float[steps.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) steps.get(i).get(name).asDouble();
    }
    return values;
  }
}
