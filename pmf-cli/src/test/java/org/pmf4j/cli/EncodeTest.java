package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.safetensors.SafetensorsFile;

@DisplayName("pmf encode")
class EncodeTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("saves inputs and hidden states, and takes its own inputs again")
  void encodes() {
    Path out = folder.resolve("hidden.safetensors");
    Outcome.of(
            "encode",
            "--encoder",
            FixtureSamples.TEXT_ENCODER,
            "--data",
            FixtureSamples.TABLE,
            "--column",
            "text",
            "--out",
            out)
        .succeeded();
    try (SafetensorsFile file = SafetensorsFile.open(out)) {
      assertThat(file.names())
          .contains(
              "input_ids", "attention_mask", "hidden_states.0", "last_hidden_state", "pooled");
      assertThat(file.tensor("pooled").shape()).isEqualTo(Shape.of(16, 16));
    }
    Path again = folder.resolve("again.safetensors");
    Outcome.of("encode", "--encoder", FixtureSamples.TEXT_ENCODER, "--inputs", out, "--out", again)
        .succeeded();
    assertThat(pooled(again)).isEqualTo(pooled(out));
  }

  private static float[] pooled(Path states) {
    try (SafetensorsFile file = SafetensorsFile.open(states)) {
      return file.tensor("pooled").floats();
    }
  }

  @Test
  @DisplayName("wants a column or inputs, not both and not neither")
  void choices() {
    Path out = folder.resolve("o");
    Path encoder = FixtureSamples.TEXT_ENCODER;
    Outcome.of("encode", "--encoder", encoder, "--out", out).wasRefused("--data", "--inputs");
    Outcome.of("encode", "--encoder", encoder, "--out", out, "--data", "d").wasRefused("--column");
    Outcome.of(
            "encode",
            "--encoder",
            encoder,
            "--out",
            out,
            "--data",
            "d",
            "--column",
            "c",
            "--inputs",
            "i")
        .wasRefused("--inputs");
  }
}
