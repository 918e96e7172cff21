package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.file.Fingerprint;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

/** Each outcome is also one without a leak: the checked backend would have told. */
@DisplayName("A command that is refused halfway leaves nothing open on the backend")
class LeaksTest {
  private static final String LAST = "fusion.1.text_to_image.mapping.1.weight";

  @TempDir private Path folder;

  private static void remove(String tensor, Path file) {
    Map<String, HostTensor> left = new TreeMap<>();
    Map<String, String> metadata;
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> left.put(name, f.tensor(name)));
      metadata = f.metadata();
    }
    assertThat(left.remove(tensor)).isNotNull();
    SafetensorsWriter.write(file, left, metadata);
  }

  @Test
  @DisplayName("by inputs that do not fit the encoder")
  void inputs() {
    Path inputs = folder.resolve("inputs.safetensors");
    HostTensor small = HostTensor.zeros(Shape.of(2, 3, 8, 8));
    SafetensorsWriter.write(inputs, Map.of("pixel_values", small), Map.of("format", "pt"));
    Outcome.of(
            "encode",
            "--encoder",
            FixtureSamples.IMAGE_ENCODER,
            "--inputs",
            inputs,
            "--out",
            folder.resolve("out.safetensors"))
        .wasRefused("pixel_values [2, 3, 8, 8]");
  }

  @Test
  @DisplayName("by a model that lacks a tensor")
  void model() throws IOException {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    Path adapter = model.resolve("adapter_model.safetensors");
    String whole = Fingerprint.of(adapter);
    remove(LAST, adapter);
    Path config = model.resolve("adapter_config.json");
    Files.writeString(config, Files.readString(config).replace(whole, Fingerprint.of(adapter)));
    Outcome.of("evaluate", "--model", model, "--data", FixtureSamples.TABLE).wasRefused(LAST);
    Outcome.of(FixtureSamples.train(folder.resolve("next"), "--init", model)).wasRefused(LAST);
  }

  @Test
  @DisplayName("by a checkpoint that lacks a moment")
  void checkpoint() {
    Path model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
    String moment = "optimizer.second_moment." + LAST;
    remove(moment, model.resolve("checkpoints/last.safetensors"));
    Outcome.of(FixtureSamples.train(model, "--resume")).wasRefused(moment);
  }

  @Test
  @DisplayName("by settings that come after the first parameters")
  void settings() {
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--head", "wooden"))
        .wasRefused("wooden");
    Outcome.of(FixtureSamples.train(folder.resolve("model"), "--set", "mapping-activation=wooden"))
        .wasRefused("wooden");
  }
}
