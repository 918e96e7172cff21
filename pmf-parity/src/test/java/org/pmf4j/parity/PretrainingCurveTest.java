package org.pmf4j.parity;

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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.modality.Pretraining;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.pretrain.InitialEncoder;
import org.pmf4j.core.pretrain.PretrainConfig;
import org.pmf4j.core.pretrain.PretrainConfig.Goal;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("Encoders are pretrained alike on every backend")
class PretrainingCurveTest {
  /**
   * Relative to the largest loss. Every weight of an encoder takes part, so that a gradient that
   * one engine gets wrong shows within a few steps; 1e-6 to 1e-5 was measured.
   */
  private static final double TOLERANCE = 1e-3;

  private static final TrainSettings SETTINGS =
      TrainSettings.DEFAULT
          .with("epochs", 6)
          .with("batch-size", 4)
          .with("learning-rate", 1e-3)
          .with("weight-decay", 0.05);

  @TempDir private Path folder;

  static Stream<Arguments> encoders() {
    Map<String, Integer> text = Map.of("max-length", 16, "vocab-size", 100);
    Map<String, Integer> image = Map.of("image-size", 16, "patch-size", 8);
    return Stream.of(
        Arguments.of("text", Goal.MASKED_TOKENS, text),
        Arguments.of("text", Goal.SINGLE_LABEL, text),
        Arguments.of("image", Goal.SINGLE_LABEL, image));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("encoders")
  void lossesAgree(String modality, Goal goal, Map<String, Integer> sizes) throws IOException {
    List<String> names = AllBackends.trainers().toList();
    HostTensor first = losses(names.get(0), modality, goal, sizes);
    assertThat(first.shape().size()).isEqualTo(24);
    for (String other : names.subList(1, names.size())) {
      float[] found = losses(other, modality, goal, sizes).floats();
      Differences.assertCloseRelative("losses on " + other, found, first, TOLERANCE);
    }
  }

  private HostTensor losses(String backend, String modality, Goal goal, Map<String, Integer> sizes)
      throws IOException {
    Path out = folder.resolve(backend);
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Pretraining offered = pmf.plugins().modalities().get(modality).pretraining().orElseThrow();
      PretrainConfig config =
          new PretrainConfig(
              modality,
              new InitialEncoder.Scratch(
                  offered.modelType(), new Pretraining.Sizes(16, 2, 2, sizes)),
              Fixtures.root().resolve("pmf/curve/train.csv"),
              Optional.empty(),
              out,
              goal,
              true,
              SETTINGS,
              false);
      pmf.pretrain(config, Progress.SILENT, TrainingListener.NONE);
    }
    List<Float> losses = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve("train_log.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.has("loss")) {
        losses.add((float) node.get("loss").asDouble());
      }
    }
    float[] values = new float[losses.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = losses.get(i);
    }
    return HostTensor.of(values, values.length);
  }
}
