package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("pmf pretrain")
class PretrainTest {
  @TempDir private Path folder;

  private Object[] words(String modality, Path out, Object... more) {
    return FixtureSamples.with(
        new Object[] {
          "pretrain",
          "--modality",
          modality,
          "--data",
          FixtureSamples.TABLE,
          "--validation",
          FixtureSamples.TABLE,
          "--out",
          out,
          "--width",
          16,
          "--depth",
          2,
          "--heads",
          2,
          "--epochs",
          2,
          "--batch-size",
          8
        },
        more);
  }

  @Test
  @DisplayName("makes encoders that can be fused")
  void makesEncoders() {
    Path image = folder.resolve("image");
    Path text = folder.resolve("text");
    assertThat(
            Outcome.of(words("image", image, "--image-size", 16, "--patch-size", 8))
                .succeeded()
                .out())
        .contains("epoch 2/2", "validation accuracy", image.toString());
    assertThat(
            Outcome.of(words("text", text, "--max-length", 16, "--vocabulary-size", 100))
                .succeeded()
                .out())
        .contains("validation loss", text.toString());
    Outcome.of(
            FixtureSamples.train(
                folder.resolve("model"),
                "--encoder",
                "image=" + image,
                "--encoder",
                "text=" + text))
        .succeeded();
  }

  @Test
  @DisplayName("refuses sizes of other modalities, and to replace an encoder")
  void refuses() {
    Path out = folder.resolve("image");
    Outcome.of(words("image", out, "--max-length", 16)).wasRefused("max-length", "image-size");
    Outcome.of(words("sound", out)).wasRefused("sound", "image");
    Outcome.of(words("image", out, "--goal", "masked-tokens", "--image-size", 16))
        .wasRefused("no tokens to mask", "single-label");
    Path whole = folder.resolve("whole");
    Outcome.of(words("image", whole, "--image-size", 16)).succeeded();
    Outcome.of(words("image", whole, "--image-size", 16)).wasRefused(whole, "--out");
  }
}
