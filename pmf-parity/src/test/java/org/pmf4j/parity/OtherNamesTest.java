package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;

@DisplayName("Settings under their other names mean the same")
class OtherNamesTest {
  /** As in {@link EncoderParityTest}. */
  private static final double TOLERANCE = 1e-4;

  @TempDir private Path folder;

  @ParameterizedTest(name = "{1} called {2} in {0}")
  @CsvSource({
    "distilbert, dim, hidden_size",
    "distilbert, n_heads, num_attention_heads",
    "distilbert, n_layers, num_hidden_layers",
    "whisper, d_model, hidden_size",
    "whisper, encoder_attention_heads, num_attention_heads",
    "whisper, encoder_attention_heads, num_key_value_heads",
    "whisper, encoder_layers, num_hidden_layers",
    "clip-whole, vision_config, vision_config_dict",
    "clip-whole-texts, text_config, text_config_dict",
  })
  void renamed(String fixture, String name, String other) throws IOException {
    Path from = Fixtures.root().resolve("encoders").resolve(fixture);
    Map<String, Object> config = config(from);
    config.put(other, config.remove(name));
    assertThat(config.get(other)).isNotNull();
    assertComputesTheSame(from, config);
  }

  @Test
  void theOlderSettingsOfAnImageHalfCount() throws IOException {
    Path from = Fixtures.root().resolve("encoders/clip-whole");
    Map<String, Object> config = config(from);
    config.put("vision_config_dict", config.get("vision_config"));
    config.put("vision_config", Map.of("hidden_size", 64, "num_attention_heads", 64));
    assertComputesTheSame(from, config);
  }

  @Test
  void theOlderSettingsOfATextHalfCount() throws IOException {
    Path from = Fixtures.root().resolve("encoders/clip-whole-texts");
    Map<String, Object> config = config(from);
    config.put("text_config_dict", config.get("text_config"));
    config.put("text_config", Map.of("hidden_size", 64, "num_attention_heads", 64));
    assertComputesTheSame(from, config);
  }

  @Test
  void aSlidingWindowIsHalfOfTheLocalAttention() throws IOException {
    Path from = Fixtures.root().resolve("encoders/modernbert");
    Map<String, Object> config = config(from);
    config.put("sliding_window", (Integer) config.remove("local_attention") / 2);
    assertComputesTheSame(from, config);
  }

  private static Map<String, Object> config(Path encoder) {
    return new LinkedHashMap<>(EncoderConfig.read(encoder.resolve("config.json")).values());
  }

  private void assertComputesTheSame(Path from, Map<String, Object> config) throws IOException {
    Path encoder = Files.createDirectory(folder.resolve("encoder"));
    for (String file : List.of("model.safetensors", "inputs.safetensors")) {
      Files.copy(from.resolve(file), encoder.resolve(file));
    }
    EncoderConfig.write(encoder.resolve("config.json"), config);
    Path out = folder.resolve("hidden.safetensors");
    try (Pmf pmf = Pmf.open("djl", BackendOptions.DEFAULT)) {
      pmf.encode()
          .inputs(
              encoder,
              Fixtures.modality(from),
              encoder.resolve("inputs.safetensors"),
              out,
              MatrixPrecision.FLOAT32,
              Progress.SILENT);
    }
    Map<String, HostTensor> found = Fixtures.tensors(out);
    Map<String, HostTensor> expected = Fixtures.tensors(from.resolve("expected.safetensors"));
    Stream.of("hidden_states.0", "last_hidden_state", "pooled")
        .forEach(t -> Differences.assertClose(t, found.get(t), expected.get(t), TOLERANCE));
  }
}
