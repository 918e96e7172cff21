package org.pmf4j.cli;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("Inputs that do not fit their encoder are refused in one clear line:")
class MisfitInputsTest {
  @TempDir private Path folder;

  private Outcome encode(String encoder, String name, HostTensor values) throws URISyntaxException {
    Path inputs = folder.resolve("inputs.safetensors");
    SafetensorsWriter.write(inputs, Map.of(name, values), Map.of());
    Path directory =
        Path.of(MisfitInputsTest.class.getResource("/parity/encoders/" + encoder).toURI());
    return Outcome.of(
        "encode",
        "--encoder",
        directory,
        "--inputs",
        inputs,
        "--out",
        folder.resolve("hidden.safetensors"));
  }

  private static HostTensor floats(long... dims) {
    return HostTensor.of(new float[(int) Shape.of(dims).size()], dims);
  }

  @Test
  @DisplayName("texts that are longer than the encoder's positions")
  void longTexts() throws URISyntaxException {
    for (String encoder : new String[] {"roberta", "mpnet"}) {
      encode(encoder, "input_ids", HostTensor.of(new long[19], 1, 19))
          .wasRefused("19 tokens", "18 at most");
    }
    for (String encoder :
        new String[] {"modernbert", "llama", "t5-other-settings", "deberta-v3", "gpt2"}) {
      int most = encoder.equals("gpt2") ? 40 : 64;
      encode(encoder, "input_ids", HostTensor.of(new long[most + 1], 1, most + 1))
          .wasRefused(String.valueOf(most + 1), String.valueOf(most));
    }
  }

  @Test
  @DisplayName("images of another size, or smaller than a patch where any size will do")
  void images() throws URISyntaxException {
    encode("clip-vision", "pixel_values", floats(1, 3, 16, 24)).wasRefused("3 × 16 × 16", "24");
    encode("beit", "pixel_values", floats(1, 1, 16, 16)).wasRefused("3 × 16 × 16", "1, 1, 16");
    encode("dinov3", "pixel_values", floats(1, 3, 24, 24)).wasRefused("3 × 16 × 16", "24");
    encode("dinov2", "pixel_values", floats(1, 3, 16, 7)).wasRefused("at least 8 × 8", "16, 7");
  }

  @Test
  @DisplayName("sound of too few samples, spectrograms of another length")
  void sound() throws URISyntaxException {
    encode("wav2vec2", "input_values", floats(1, 29)).wasRefused("at least 30 samples", "29");
    encode("conformer", "input_values", floats(1, 900)).wasRefused("at most 40 frames", "44");
    encode("whisper", "input_features", floats(1, 8, 29)).wasRefused("8 mel bands × 30", "29");
    encode("ast", "input_values", floats(1, 26, 16)).wasRefused("27 frames × 16", "26");
  }

  @Test
  @DisplayName("inputs of another modality")
  void otherModality() throws URISyntaxException {
    encode("whisper", "pixel_values", floats(1, 3, 16, 16)).wasRefused("input_features");
    encode("vit-patch-8", "input_values", floats(1, 400)).wasRefused("pixel_values");
  }
}
