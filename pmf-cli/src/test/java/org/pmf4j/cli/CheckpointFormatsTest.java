package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Encoders saved by torch.save")
class CheckpointFormatsTest {
  private static final Path PARITY = FixtureSamples.ROOT.getParent();
  private static final Path CHECKPOINTS = PARITY.resolveSibling("checkpoints");
  private static final Path BERT = PARITY.resolve("encoders/bert-gelu");

  @TempDir private Path folder;

  /** An encoder with its weights in another form. */
  private Path encoder(Path from, String checkpoint) throws IOException {
    Path encoder = FixtureSamples.copy(from, folder.resolve(checkpoint));
    Files.delete(encoder.resolve("model.safetensors"));
    return FixtureSamples.copy(CHECKPOINTS.resolve(checkpoint), encoder);
  }

  private byte[] encoded(Path encoder) throws IOException {
    Path out = folder.resolve(encoder.getFileName() + "-hidden.safetensors");
    Outcome outcome =
        Outcome.of(
            "encode",
            "--encoder",
            encoder,
            "--inputs",
            BERT.resolve("inputs.safetensors"),
            "--out",
            out);
    outcome.succeeded();
    return Files.readAllBytes(out);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "zip",
        "legacy",
        "protocol-5",
        "transposed",
        "sharded",
        "variant",
        "data-parallel-old-norms",
        "compiled",
        "sentence-transformers",
        "lightning"
      })
  @DisplayName("compute bit by bit what model.safetensors computes")
  void sameStates(String checkpoint) throws IOException {
    assertThat(encoded(encoder(BERT, checkpoint))).isEqualTo(encoded(BERT));
  }

  @Test
  @DisplayName("give way to model.safetensors beside them")
  void besideSafetensors() throws IOException {
    Path both = FixtureSamples.copy(BERT, folder.resolve("both"));
    Files.writeString(both.resolve("pytorch_model.bin"), "not read at all");
    assertThat(encoded(both)).isEqualTo(encoded(BERT));
  }

  @Test
  @DisplayName("are trained on, saved models know them again, and refuse them once they changed")
  void trainAndPredict() throws IOException {
    Path text = encoder(FixtureSamples.TEXT_ENCODER, "text-16");
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model, "--encoder", "text=" + text)).succeeded();
    Object[] predict = {
      "predict", "--model", model, "--image", FixtureSamples.IMAGE, "--text", "a red shape"
    };
    Outcome.of(predict).succeeded();
    Path weights = text.resolve("pytorch_model.bin");
    Files.delete(weights);
    Files.copy(CHECKPOINTS.resolve("zip/pytorch_model.bin"), weights);
    Outcome.of(predict).wasRefused(text.toString());
  }

  @Test
  @DisplayName("that want to run something are refused, and nothing is run")
  void hostile() throws IOException {
    Path encoder = encoder(BERT, "zip");
    Path mark = folder.resolve("was-run");
    // What pickle.dumps makes of an object whose __reduce__ is os.system, touch
    String command = "touch " + mark;
    String pickle =
        "\u0080\u0002cposix\nsystem\nX" + (char) command.length() + "\0\0\0" + command + "\u0085R.";
    byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
    Files.write(encoder.resolve("pytorch_model.bin"), bytes);
    Outcome.of(
            "encode",
            "--encoder",
            encoder,
            "--inputs",
            BERT.resolve("inputs.safetensors"),
            "--out",
            folder.resolve("out.safetensors"))
        .wasRefused("pytorch_model.bin: wants to run `posix.system`; it is not a plain checkpoint");
    assertThat(mark).doesNotExist();
  }
}
