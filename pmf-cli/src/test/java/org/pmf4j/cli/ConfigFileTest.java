package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A configuration file")
class ConfigFileTest {
  @TempDir private Path folder;

  private Path yaml(String... more) throws IOException {
    String base =
        String.format(
            Locale.ROOT,
            """
        data: %s
        encoder:
          image: %s
          text: %s
        epochs: 2
        batch-size: 8
        learning-rate: 1e-3
        no-shuffle: true
        no-cache: true
        set:
          prompt-deviation: 0.1
        """,
            FixtureSamples.TABLE,
            FixtureSamples.IMAGE_ENCODER,
            FixtureSamples.TEXT_ENCODER);
    Path file = folder.resolve("train.yaml");
    return Files.writeString(file, base + String.join("\n", more) + "\n");
  }

  @Test
  @DisplayName("stands for options, which win over it")
  void standsForOptions() throws IOException {
    Path model = folder.resolve("model");
    Outcome outcome =
        Outcome.of("train", "--config", yaml(), "--epochs", 1, "--out", model).succeeded();
    assertThat(outcome.out()).contains("epoch 1/1");
    assertThat(model.resolve("adapter_config.json"))
        .content()
        .contains("\"learning-rate\" : 0.001", "\"batch-size\" : 8", "\"epochs\" : 1")
        .contains("\"shuffle\" : false", "\"prompt-deviation\" : 0.1");
  }

  @Test
  @DisplayName("may not have unknown keys; the known ones are named")
  void unknownKey() throws IOException {
    Outcome.of("train", "--config=" + yaml("learning_rate: 1"), "--out", folder.resolve("m"))
        .wasRefused("train.yaml", "learning_rate", "learning-rate", "batch-size");
  }

  @Test
  @DisplayName("must be a file of keys and fitting values")
  void misfits() throws IOException {
    Path out = folder.resolve("m");
    Outcome.of("train", "--config", folder.resolve("none"), "--out", out).wasRefused("none");
    Outcome.of("train", "--config", yaml("resume: maybe"), "--out", out)
        .wasRefused("resume", "true or false");
    Outcome.of("train", "--config", yaml("seed: [1, 2]"), "--out", out).wasRefused("seed");
    Outcome.of("train", "--config", yaml("epochs: 3"), "--out", out).wasRefused("epochs", "line");
    Outcome.of("train", "--config", yaml("seed: many"), "--out", out).wasRefused("seed", "many");
    Path list = Files.writeString(folder.resolve("list.yaml"), "- data\n");
    Outcome.of("train", "--config", list, "--out", out).wasRefused("list.yaml");
    Path empty = Files.writeString(folder.resolve("empty.yaml"), "");
    Outcome.of("train", "--config", empty, "--out", out).wasRefused("empty.yaml");
  }
}
