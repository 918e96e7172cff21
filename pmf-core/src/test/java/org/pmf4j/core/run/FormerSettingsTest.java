package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Table;
import org.pmf4j.core.model.Classifier;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("A model whose method has got settings since it was saved")
class FormerSettingsTest {
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
            .training(TrainSettings.DEFAULT.with("epochs", 2).with("batch-size", 4));
    TinyEncoders.directories().forEach(b::encoder);
    return b;
  }

  @Test
  @DisplayName("with a joint head predicts as it did when it was saved")
  void olderJointHead() throws IOException {
    Path old = folder.resolve("old");
    pmf.train(
        config("old")
            .setting("head", "joint")
            .setting("head-norm", false)
            .setting("head-penalty", 0)
            .build());
    Path today = folder.resolve("today");
    pmf.train(config("today").setting("head", "joint").build());
    List<float[]> then = logits(old);
    List<float[]> now = logits(today);
    withoutSettings(old);
    withoutSettings(today);
    assertThat(logits(old)).containsExactlyElementsOf(then);
    assertThat(logits(today).get(0)).isNotEqualTo(now.get(0));
  }

  private static void withoutSettings(Path model) throws IOException {
    Path config = model.resolve("adapter_config.json");
    List<String> lines = Files.readAllLines(config);
    int before = lines.size();
    lines.removeIf(line -> line.contains("head-norm") || line.contains("head-penalty"));
    assertThat(lines).hasSize(before - 2);
    Files.write(config, lines);
  }

  private static List<float[]> logits(Path model) {
    try (Classifier classifier = pmf.load(model)) {
      return classifier
          .predict(classifier.read(TinyEncoders.table(), Table.Labelled.OPTIONAL), Progress.SILENT)
          .stream()
          .map(Prediction::logits)
          .toList();
    }
  }
}
