package org.pmf4j.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.run.TrainReport;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.training.TrainingListener;
import org.pmf4j.core.trunk.CachedTrunks;

@DisplayName("Fine-tuning of whole encoders")
class FineTuningTest {
  private static final String HEAD = "head.joined.weight";
  private static final String WORDS = "encoder.text.embeddings.word_embeddings.weight";

  private static TrainedMethods methods;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    methods = TrainedMethods.on("checking-djl");
  }

  @AfterAll
  static void close() {
    methods.close();
  }

  /** An interruption, as a user's Ctrl-C would be. */
  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private TrainConfigBuilder config(String out) {
    return TrainedMethods.config("late-concat", folder.resolve(out));
  }

  @ParameterizedTest(name = "{0} goes on to the same bits after an interruption, on {1}")
  @CsvSource({"late-concat, checking-djl", "unimodal, tf"})
  void resumes(String method, String backend) throws IOException {
    try (TrainedMethods here = TrainedMethods.on(backend)) {
      here.pmf().train(TrainedMethods.config(method, folder.resolve("whole")).build());
      TrainingListener interrupting =
          epoch -> {
            throw new Interrupted();
          };
      TrainConfigBuilder stopped = TrainedMethods.config(method, folder.resolve("stopped"));
      TrainConfig first = stopped.build();
      assertThatThrownBy(() -> here.pmf().train(first, Progress.SILENT, interrupting))
          .isInstanceOf(Interrupted.class);

      here.pmf().train(stopped.existing(TrainConfig.Existing.RESUME).build());

      assertThat(folder.resolve("stopped/adapter_model.safetensors"))
          .hasSameBinaryContentAs(folder.resolve("whole/adapter_model.safetensors"));
    }
  }

  @Test
  @DisplayName("trains every weight of the encoders, by names of their files, at a rate of its own")
  void trainsEveryWeight() {
    TrainReport slow = methods.pmf().train(config("slow").encoderLearningRate(1e-9).build());
    TrainReport fast = methods.pmf().train(config("fast").encoderLearningRate(1e-2).build());
    Map<String, HostTensor> stored =
        TrainedMethods.tensors(TrainedMethods.encoder("text").resolve("model.safetensors"));
    Map<String, HostTensor> slowly = TrainedMethods.adapter(slow.model());
    Map<String, HostTensor> quickly = TrainedMethods.adapter(fast.model());
    assertThat(stored).isNotEmpty();
    stored.forEach(
        (name, start) -> {
          String saved = "encoder.text." + name;
          // A step changes a weight by about its rate: 8 steps of 1e-9 are lost in rounding.
          assertThat(difference(start, slowly.get(saved))).as(saved).isLessThan(1e-6);
          // A key's bias adds the same to all scores of a query, which softmax does not see: its
          // gradient is 0, and rounding alone can move it.
          if (!name.endsWith(".key.bias")) {
            assertThat(difference(start, quickly.get(saved))).as(saved).isGreaterThan(1e-4);
          }
        });
    assertThat(difference(slowly.get(HEAD), quickly.get(HEAD))).isGreaterThan(1e-4);
    assertThat(slow.config().training()).containsEntry("encoder-learning-rate", 1e-9);
  }

  @Test
  @DisplayName("starts from a model of the same method")
  void startsFromAModel() {
    TrainReport first = methods.pmf().train(config("first").build());
    TrainReport next =
        methods
            .pmf()
            .train(
                config("next")
                    .init(first.model())
                    .encoderLearningRate(1e-9)
                    .training(TrainedMethods.settings().with("learning-rate", 1e-9))
                    .build());
    Map<String, HostTensor> before = TrainedMethods.adapter(first.model());
    TrainedMethods.adapter(next.model())
        .forEach(
            (name, t) -> assertThat(difference(before.get(name), t)).as(name).isLessThan(1e-6));
  }

  @Test
  @DisplayName("keeps no trunks, whatever cache was named")
  void keepsNoTrunks() throws IOException {
    Path cache = Files.createDirectory(folder.resolve("cache"));
    CacheConfig named = new CacheConfig(Optional.of(cache), CachedTrunks.Storage.FP32);
    TrainReport cached = methods.pmf().train(config("cached").cache(named).build());
    TrainReport live = methods.pmf().train(config("live").build());
    assertThat(cache).isEmptyDirectory();
    assertThat(cached.model().resolve("adapter_model.safetensors"))
        .hasSameBinaryContentAs(live.model().resolve("adapter_model.safetensors"));
  }

  @Test
  @DisplayName("refuses bfloat16, and a learning rate for encoders that are frozen or none at all")
  void refusesWhatDoesNotGoTogether() {
    assertRefused(
        config("half").precision(MatrixPrecision.BFLOAT16),
        "method late-concat trains the encoders, in fp32 alone; use --precision fp32");
    assertRefused(
        config("zero").encoderLearningRate(0.0),
        "encoder-learning-rate must be above 0 and at most 1, got 0.0");
    assertRefused(
        config("frozen").method("mope").encoderLearningRate(1e-4),
        "encoder-learning-rate goes with a method that trains the encoders; mope freezes them");
  }

  @Test
  @DisplayName("refuses to go on with another rate for the encoders")
  void refusesAnotherRate() {
    methods.pmf().train(config("model").build());
    assertRefused(
        config("model").existing(TrainConfig.Existing.RESUME).encoderLearningRate(2e-4),
        "cannot resume: encoder-learning-rate was 1.0E-4 and is now 2.0E-4");
  }

  @Test
  @DisplayName("refuses a model that lacks a weight of an encoder, and leaves nothing open")
  void refusesAnIncompleteModel() throws IOException {
    Path model = methods.pmf().train(config("model").build()).model();
    Path file = model.resolve("adapter_model.safetensors");
    Map<String, HostTensor> left = TrainedMethods.adapter(model);
    assertThat(left.remove(WORDS)).isNotNull();
    String whole = Fingerprint.of(file);
    SafetensorsWriter.write(file, left, Map.of("format", "pt"));
    Path config = model.resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace(whole, Fingerprint.of(file)));
    assertThatThrownBy(() -> methods.pmf().load(model))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(WORDS + " is missing");
    assertRefused(config("next").init(model), WORDS + " is missing");
  }

  @Test
  @DisplayName("refuses an encoder that is not the one it began with")
  void refusesAnotherBase() {
    Path model = methods.pmf().train(config("model").build()).model();
    Path other = BenchFiles.encoder("text-8");
    assertThatThrownBy(() -> methods.pmf().load(model, Map.of("text", other)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("is not the one the model was trained on");
  }

  @Test
  @DisplayName("learns what frozen encoders of random weights do not tell")
  void learns() {
    TrainReport report =
        methods
            .pmf()
            .train(
                config("model")
                    .encoderLearningRate(3e-3)
                    .training(TrainedMethods.settings().with("epochs", 15))
                    .build());
    assertThat(report.validation().orElseThrow().metrics().get("accuracy")).isGreaterThan(0.9);
    try (Classifier classifier = methods.pmf().load(report.model())) {
      assertThat(classifier.read(TrainedMethods.TABLE, Table.Labelled.REQUIRED)).hasSize(16);
    }
  }

  private static void assertRefused(TrainConfigBuilder config, String told) {
    assertThatThrownBy(() -> methods.pmf().train(config.build()))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(told);
  }

  private static double difference(HostTensor a, HostTensor b) {
    float[] x = a.floats();
    float[] y = b.floats();
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }
}
