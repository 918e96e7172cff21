package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.AdapterConfig;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.CutSamples;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.training.TrainSettings;
import org.pmf4j.core.training.TrainingListener;

@DisplayName("Settings of encoders")
class SettingsOfEncodersTest {
  private static final TrainSettings SHORT =
      TrainSettings.DEFAULT.with("epochs", 2).with("batch-size", 8).with("checkpoint-steps", 1);

  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  private TrainConfigBuilder config(String out) {
    TrainConfigBuilder b =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(folder.resolve(out))
            .cache(CacheConfig.NONE)
            .training(SHORT);
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  private static Map<String, Object> ofText(AdapterConfig config) {
    return config.encoders().stream()
        .filter(base -> base.name().equals("text"))
        .findFirst()
        .orElseThrow()
        .settings();
  }

  private HostTensor pooled(Map<String, String> settings) {
    Path out = folder.resolve("states.safetensors");
    pmf.encode()
        .table(
            TinyEncoders.directories().get("text"),
            settings,
            TinyEncoders.table(),
            "text",
            out,
            MatrixPrecision.FLOAT32,
            Progress.SILENT);
    try (SafetensorsFile file = SafetensorsFile.open(out)) {
      return file.tensor("pooled");
    }
  }

  @Test
  @DisplayName("choose how states become one vector")
  void pooling() {
    float[] family = pooled(Map.of()).floats();
    assertThat(pooled(Map.of("pooling", "first")).floats()).isEqualTo(family);
    float[] mean = pooled(Map.of("pooling", "mean")).floats();
    float[] last = pooled(Map.of("pooling", "last")).floats();
    assertThat(mean).isNotEqualTo(family).isNotEqualTo(last);
    assertThat(last).isNotEqualTo(family);
  }

  @Test
  @DisplayName("say how many rows are longer than an encoder takes, each counted once")
  void cuts() {
    pmf.train(config("short").encoderSetting("text", "max-length", 4).build());
    List<Example> rows;
    try (Classifier classifier = pmf.load(folder.resolve("short"))) {
      rows = classifier.read(TinyEncoders.table(), Table.Labelled.OPTIONAL);
      List<CutSamples> cuts = classifier.cuts(rows, Progress.SILENT);
      assertThat(cuts).hasSize(1);
      assertThat(cuts.get(0).line())
          .matches("text: \\d+ of 16 texts are longer than 4 tokens and were cut \\(\\d+ %\\)");
      assertThat(cuts.get(0).line("--encoder-setting text."))
          .startsWith(cuts.get(0).line() + "; --encoder-setting text.max-length=N takes up to ");
      assertThat(classifier.cuts(rows, Progress.SILENT))
          .extracting(CutSamples::line)
          .containsExactly(cuts.get(0).line());
    }
    pmf.train(config("long").build());
    try (Classifier classifier = pmf.load(folder.resolve("long"))) {
      assertThat(classifier.cuts(rows, Progress.SILENT)).isEmpty();
    }
  }

  @Test
  @DisplayName("are kept with the model, which answers by them")
  void kept() {
    pmf.train(config("model").encoderSetting("text", "pooling", "mean").build());
    try (Classifier classifier = pmf.load(folder.resolve("model"))) {
      assertThat(ofText(classifier.config()))
          .containsEntry("pooling", "mean")
          .containsEntry("modality", "text");
    }
  }

  @Test
  @DisplayName("are those of the run that is gone on with, and others are refused")
  void resumed() {
    TrainingListener stopping =
        epoch -> {
          throw new IllegalStateException("stopped on purpose");
        };
    TrainConfig begun = config("run").encoderSetting("text", "pooling", "mean").build();
    assertThatThrownBy(() -> pmf.train(begun, Progress.SILENT, stopping))
        .isInstanceOf(IllegalStateException.class);
    TrainConfigBuilder again = config("run").existing(TrainConfig.Existing.RESUME);
    assertThatThrownBy(
            () ->
                pmf.train(
                    config("run")
                        .existing(TrainConfig.Existing.RESUME)
                        .encoderSetting("text", "pooling", "last")
                        .build()))
        .hasMessageContaining("cannot resume: settings of encoder text was");
    assertThat(ofText(pmf.train(again.build()).config())).containsEntry("pooling", "mean");
  }

  @Test
  @DisplayName("are those of the model that training begins with, unless others are chosen")
  void begun() {
    pmf.train(config("first").encoderSetting("text", "pooling", "mean").build());
    TrainConfigBuilder second = config("second").init(folder.resolve("first"));
    assertThat(ofText(pmf.train(second.build()).config())).containsEntry("pooling", "mean");
    TrainConfigBuilder third = config("third").init(folder.resolve("first"));
    third.encoderSetting("text", "pooling", "family");
    assertThat(ofText(pmf.train(third.build()).config())).containsEntry("pooling", "family");
  }

  @Test
  @DisplayName("are refused where there is no such setting, value or encoder")
  void refused() {
    assertThatThrownBy(() -> pmf.plan(config("m").encoderSetting("text", "size", 1).build()))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("unknown setting 'size' of encoder text; known: modality, pooling");
    assertThatThrownBy(() -> pmf.plan(config("m").encoderSetting("text", "pooling", 1).build()))
        .hasMessageStartingWith("pooling of encoder text must be stated, family, first");
    assertThatThrownBy(
            () -> pmf.plan(config("m").encoderSetting("text", "modality", "image").build()))
        .hasMessageEndingWith("a bert encodes text; encoder text cannot be of another modality");
    assertThatThrownBy(() -> config("m").encoderSetting("sound", "pooling", "mean").build())
        .hasMessage("there is no encoder 'sound' to set something of; there are: image, text");
  }
}
