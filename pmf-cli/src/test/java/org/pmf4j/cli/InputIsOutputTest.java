package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An output that is an input, or lies within one, is refused")
class InputIsOutputTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static Path model;
  private static Path encoder;

  @BeforeAll
  static void train() throws IOException {
    model = shared.resolve("model");
    encoder = FixtureSamples.copy(FixtureSamples.TEXT_ENCODER, shared.resolve("bert"));
    Outcome.of(FixtureSamples.train(model, "--encoder", "text=" + encoder)).succeeded();
  }

  private Path table() throws IOException {
    return FixtureSamples.table(folder, "image,text,label", FixtureSamples.IMAGE + ",a,circle");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @DisplayName("by predict and evaluate, through links and other names too")
  void tables() throws IOException {
    Path table = table();
    String content = Files.readString(table);
    Path soft = Files.createSymbolicLink(folder.resolve("soft.csv"), table);
    Path hard = Files.createLink(folder.resolve("hard.csv"), table);
    Path round = folder.resolve("../" + folder.getFileName() + "/table.csv");
    for (Path out : new Path[] {table, soft, hard, round}) {
      Outcome.of("predict", "--model", model, "--data", table, "--out", out)
          .wasRefused(out, "the table itself");
      Outcome.of("evaluate", "--model", model, "--data", table, "--out", out)
          .wasRefused(out, "the table itself");
    }
    assertThat(table).hasContent(content);
    Path picture = Files.copy(FixtureSamples.IMAGE, folder.resolve("p.png"));
    Path named = FixtureSamples.table(folder, "image,text,label", "p.png,a,circle");
    Outcome.of("predict", "--model", model, "--data", named, "--out", picture)
        .wasRefused(picture, "row 1 (line 2) names itself");
    assertThat(picture).hasSameBinaryContentAs(FixtureSamples.IMAGE);
  }

  @Test
  @DisplayName("where it is a file of the model or lies in an encoder")
  void models() throws IOException {
    Path table = table();
    Path config = model.resolve("adapter_config.json");
    Outcome.of("evaluate", "--model", model, "--data", table, "--out", config)
        .wasRefused(config, "the model's configuration");
    Path stray = encoder.resolve("metrics.json");
    Outcome.of("evaluate", "--model", model, "--data", table, "--out", stray)
        .wasRefused(stray, "the text encoder");
    Outcome.of("predict", "--model", model, "--data", table, "--out", encoder.resolve("p.csv"))
        .wasRefused("the text encoder");
    assertThat(stray).doesNotExist();
  }

  @Test
  @DisplayName("by encode, whose table, inputs or encoder it would be")
  void encode() throws IOException {
    Path table = table();
    Object[] words = {"encode", "--encoder", encoder, "--data", table, "--column", "text", "--out"};
    Outcome.of(FixtureSamples.with(words, table)).wasRefused(table, "the table itself");
    Outcome.of(FixtureSamples.with(words, encoder.resolve("model.safetensors")))
        .wasRefused("the encoder");
    Outcome.of(FixtureSamples.with(words, encoder.resolve("more.safetensors")))
        .wasRefused("the encoder");
    Path inputs = folder.resolve("in.safetensors");
    Outcome.of(FixtureSamples.with(words, inputs)).succeeded();
    Outcome.of("encode", "--encoder", encoder, "--inputs", inputs, "--out", inputs)
        .wasRefused(inputs, "the file of inputs itself");
  }

  @Test
  @DisplayName("by train and pretrain: an encoder, the table's folder, the first model, the cache")
  void folders() throws IOException {
    Path table = table();
    String text = "text=" + encoder;
    Outcome.of(FixtureSamples.train(encoder, "--encoder", text))
        .wasRefused(encoder, "the text encoder");
    Outcome.of(FixtureSamples.train(encoder.resolve("model"), "--encoder", text))
        .wasRefused("the text encoder");
    Outcome.of(FixtureSamples.train(folder, "--data", table))
        .wasRefused(folder, "the table lies in");
    Outcome.of(FixtureSamples.train(folder, "--validation", table))
        .wasRefused(folder, "the validation table lies in");
    Outcome.of(FixtureSamples.train(model, "--init", model, "--overwrite"))
        .wasRefused(model, "--init");
    Path out = folder.resolve("model");
    Outcome.of(FixtureSamples.train(out, "--encoder", text, "--cache", encoder.resolve("cache")))
        .wasRefused("the text encoder");
    Object[] pretrain = {"pretrain", "--modality", "text", "--data", table, "--out"};
    Outcome.of(FixtureSamples.with(pretrain, folder)).wasRefused(folder, "the table lies in");
    Outcome.of(FixtureSamples.with(pretrain, encoder.resolve("tuned"), "--from", encoder))
        .wasRefused("the encoder that is trained further");
    assertThat(encoder.resolve("adapter_config.json")).doesNotExist();
  }
}
