package org.pmf4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("An encoder's weights")
class StoredWeightsTest {
  @TempDir Path folder;

  private StoredWeights weights(String alternative, String... names) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, HostTensor.of(new float[] {1}, 1));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    return StoredWeights.open(folder, alternative);
  }

  @Test
  @DisplayName("are found below the prefixes of a wrapper and of a task model")
  void wrapped() {
    StoredWeights weights = weights("bert.", "module.bert.a", "module.b");
    assertThat(weights.key("a")).isEqualTo("bert.a");
    assertThat(weights.key("b")).isEqualTo("b");
    assertThat(weights.has("c")).isFalse();
    weights.store().close();
  }

  @Test
  @DisplayName("whose own names begin as a wrapper's do are found by them")
  void ownNames() {
    StoredWeights weights = weights("other.", "model.a", "model.b");
    assertThat(weights.key("model.a")).isEqualTo("a");
    assertThat(weights.value(weights.key("model.b"), 1).floats()).containsExactly(1);
    weights.store().close();
  }

  @Test
  @DisplayName("below an unknown prefix are refused, and the prefix is named")
  void unknownPrefix() {
    StoredWeights weights = weights("bert.", "encoder.x.a", "encoder.x.b", "head");
    assertThatThrownBy(() -> weights.key("a"))
        .isInstanceOf(PmfException.class)
        .hasMessage(
            folder.resolve("model.safetensors")
                + ": tensor a is missing (nor is there bert.a), but encoder.x.a is there; take"
                + " \"encoder.x.\" off all names in Python and save the model again");
    assertThatThrownBy(() -> weights.key("c"))
        .isInstanceOf(PmfException.class)
        .hasMessageEndingWith(
            ": tensor c is missing (nor is there bert.c); is this a model of another kind or an"
                + " incomplete copy?");
    weights.store().close();
  }
}
