package org.pmf4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture whose header is whole: that it is cut off shows only when it is decoded. */
@DisplayName("A picture that is found damaged late is told by file, row and column")
class DamagedDataTest {
  private static final String PLACE = "row 3 (line 4), column image: ";

  @TempDir private Path folder;
  private Path table;
  private Object[] told;

  @BeforeEach
  void damage() throws IOException {
    byte[] whole = Files.readAllBytes(FixtureSamples.IMAGE);
    Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    table =
        FixtureSamples.table(
            folder,
            "image,text,label",
            FixtureSamples.IMAGE + ",a,circle",
            FixtureSamples.IMAGE + ",b,square",
            "cut.png,c,circle");
    told = new Object[] {table, PLACE + cut};
  }

  @Test
  @DisplayName("in training without a cache")
  void live() {
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--data", table)).wasRefused(told);
  }

  @Test
  @DisplayName("in training with a cache")
  void cached() {
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("model"), "--data", table, "--cache", folder.resolve("cache")))
        .wasRefused(told);
  }

  @Test
  @DisplayName("in training of the encoders")
  void tuned() {
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("model"), "--data", table, "--method", "late-concat"))
        .wasRefused(told);
  }

  @Test
  @DisplayName("in validation, prediction and evaluation")
  void used() {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--validation", table)).wasRefused(told);
    Outcome.of(FixtureSamples.train(model, "--overwrite")).succeeded();
    Path out = folder.resolve("out.csv");
    Outcome.of("predict", "--model", model, "--data", table, "--out", out).wasRefused(told);
    Outcome.of("evaluate", "--model", model, "--data", table).wasRefused(told);
  }

  @Test
  @DisplayName("in encoding")
  void encoded() {
    Outcome.of(
            "encode",
            "--encoder",
            FixtureSamples.IMAGE_ENCODER,
            "--data",
            table,
            "--column",
            "image",
            "--out",
            folder.resolve("out.safetensors"))
        .wasRefused(told);
  }

  @ParameterizedTest(name = "of {0} rows")
  @ValueSource(strings = {"training", "validation"})
  @DisplayName("in pretraining")
  void pretrained(String which) throws IOException {
    Path good = folder.resolve("good.csv");
    List<String> lines = Files.readAllLines(table);
    Files.write(good, lines.subList(0, lines.size() - 1));
    boolean training = which.equals("training");
    Outcome.of(
            "pretrain",
            "--modality",
            "image",
            "--image-size",
            "16",
            "--epochs",
            "1",
            "--data",
            training ? table : good,
            "--validation",
            training ? good : table,
            "--out",
            folder.resolve("vit"))
        .wasRefused(told);
  }
}
