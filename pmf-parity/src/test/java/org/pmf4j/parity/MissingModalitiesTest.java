package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.ModalityPattern;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.ObjectiveSettings;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.CachedTrunks;

@DisplayName("Samples that lack modalities")
class MissingModalitiesTest {
  /**
   * Absolute, on logits of size 1: single precision, in batches of other sizes; 2e-7 was measured.
   */
  private static final float LOGITS = 1e-5f;

  /** Relative to a tensor's largest element: sums over the batch in another order. */
  private static final double GRADIENTS = 1e-4;

  private static final List<String> TWO = List.of("image", "text");
  private static final List<String> THREE = List.of("image", "text", "audio");

  @TempDir private Path folder;

  static Stream<Arguments> cases() {
    return AllBackends.trainers()
        .flatMap(
            b ->
                Stream.of(
                    Arguments.of(b, TWO, "all", CacheConfig.NONE),
                    Arguments.of(b, THREE, "all", CacheConfig.NONE),
                    Arguments.of(b, THREE, "image>text,audio>text,text>image", null)));
  }

  @ParameterizedTest(name = "on {0}, {1}, pairs {2}")
  @MethodSource("cases")
  @DisplayName("have in a mixed batch the logits and gradients of models without what they lack")
  void areExact(String backend, List<String> modalities, String pairs, CacheConfig cache)
      throws IOException {
    MissingData data = MissingData.of(modalities);
    CacheConfig kept =
        cache == null
            ? new CacheConfig(Optional.of(folder.resolve("cache")), CachedTrunks.Storage.FP32)
            : cache;
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      // One step over one batch, too small to change a weight: the first moment is a tenth of the
      // gradient.
      TrainSettings one =
          TrainSettings.DEFAULT
              .with("epochs", 1)
              .with("batch-size", 64)
              .with("learning-rate", 1e-30)
              .with("clip", 0);
      Path model = folder.resolve("model");
      pmf.train(config(data, model).cache(kept).setting("pairs", pairs).training(one).build());
      Map<String, HostTensor> adapter =
          Fixtures.tensors(model.resolve("adapter_model.safetensors"));
      Map<String, HostTensor> checkpoint =
          Fixtures.tensors(model.resolve("checkpoints/last.safetensors"));
      try (Classifier classifier = pmf.load(model)) {
        List<Example> rows = classifier.read(data.table(), Table.Labelled.REQUIRED);
        List<Prediction> mixed = classifier.predict(rows, Progress.SILENT);
        Map<String, double[]> sums = new LinkedHashMap<>();
        ModalityPattern.group(rows, modalities)
            .forEach(
                (there, positions) -> {
                  try (AloneModel alone =
                      new AloneModel(
                          pmf.backend(),
                          classifier.encoders(),
                          there,
                          classifier.task().labels().size(),
                          classifier.config().fusion(),
                          adapter)) {
                    for (int i : positions) {
                      float[] target = classifier.task().target(rows.get(i));
                      AloneModel.Found found = alone.run(rows.get(i), target);
                      assertThat(mixed.get(i).logits())
                          .as("logits of row %d, %s", i + 1, there)
                          .containsExactly(found.logits(), within(LOGITS));
                      found.gradients().forEach((name, g) -> add(sums, name, g, rows.size()));
                    }
                  }
                });
        assertThat(sums.keySet()).containsExactlyInAnyOrderElementsOf(adapter.keySet());
        sums.forEach(
            (name, expected) -> {
              HostTensor moment = checkpoint.get("optimizer.first_moment." + name);
              assertThat(expected).as(name).isNotEqualTo(new double[expected.length]);
              Differences.assertCloseRelative(name, times(moment, 10), host(expected), GRADIENTS);
            });
      }
    }
  }

  static Stream<String> backends() {
    return AllBackends.trainers();
  }

  @ParameterizedTest(name = "on {0}")
  @MethodSource("backends")
  @DisplayName("are trained, with dropout, to the same bits after an interruption")
  void resume(String backend) throws IOException {
    MissingData data = MissingData.of(TWO);
    TrainSettings settings =
        TrainSettings.DEFAULT.with("epochs", 3).with("batch-size", 3).with("checkpoint-steps", 1);
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      TrainConfigBuilder config =
          config(data, folder.resolve("whole"))
              .validation(data.table())
              .setting("head", "joint")
              .objective(ObjectiveSettings.MODALITY_DROPOUT, 0.4)
              .training(settings);
      pmf.train(config.build());
      TrainConfig stopped = config.out(folder.resolve("stopped")).build();
      TrainingListener stop =
          epoch -> {
            throw new IllegalStateException("stopped");
          };
      assertThatThrownBy(() -> pmf.train(stopped, Progress.SILENT, stop)).hasMessage("stopped");
      pmf.train(config.existing(TrainConfig.Existing.RESUME).build());
      assertThat(Files.readAllBytes(folder.resolve("stopped/adapter_model.safetensors")))
          .isEqualTo(Files.readAllBytes(folder.resolve("whole/adapter_model.safetensors")));
    }
  }

  private static TrainConfigBuilder config(MissingData data, Path out) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(data.table())
            .out(out)
            .cache(CacheConfig.NONE)
            .setting("fusion-layers", 2)
            .setting("query-prompts", 3)
            .setting("fusion-context-prompts", 2)
            .setting("prompt-deviation", 0.5)
            // ReLU can switch a small mapping off altogether, and then nothing is compared.
            .setting("mapping-activation", "gelu");
    data.encoders().forEach(b::encoder);
    return b;
  }

  private static void add(Map<String, double[]> sums, String name, float[] g, int rows) {
    double[] sum = sums.computeIfAbsent(name, n -> new double[g.length]);
    for (int i = 0; i < g.length; i++) {
      sum[i] += g[i] / (double) rows;
    }
  }

  private static float[] times(HostTensor t, float factor) {
    float[] values = t.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  private static HostTensor host(double[] values) {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return HostTensor.of(f, f.length);
  }
}
