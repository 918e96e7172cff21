package org.pmf4j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;
import org.pmf4j.core.store.TensorStore;

@DisplayName("Tensors under the prefixes of wrappers")
class UnwrappedTensorsTest {
  @TempDir Path folder;

  private TensorStore store(String... names) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (String name : names) {
      tensors.put(name, HostTensor.of(new float[] {tensors.size()}, 1));
    }
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, tensors, Map.of("format", "pt"));
    return SafetensorsFile.open(file);
  }

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource({
    "module.bert.a, bert., bert.a",
    "_orig_mod.a, bert., a",
    "module._orig_mod.bert.a, bert., bert.a",
    "_orig_mod.module.a, bert., a",
    "0.auto_model.a, bert., a",
    "model.bert.a, bert., bert.a",
    "model.a, bert., a",
    "model.model.encoder.a, model., model.encoder.a",
    "module.model.encoder.a, model., model.encoder.a"
  })
  @DisplayName("are found under the names that save_pretrained would give")
  void prefixes(String inFile, String own, String name) {
    try (TensorStore store = UnwrappedTensors.of(store("head.weight", inFile), own)) {
      assertThat(store.names()).containsExactlyInAnyOrder("head.weight", name);
      assertThat(store.tensor(name).floats()).containsExactly(1);
      assertThat(store.info(name).shape().size()).isEqualTo(1);
      assertThat(store.metadata()).containsEntry("format", "pt");
      assertThat(store.source()).isEqualTo(folder.resolve("model.safetensors"));
      assertThatThrownBy(() -> store.tensor("other"))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("there is no tensor other among its 2");
    }
  }

  @Test
  @DisplayName("stay as they are where the prefix is the family's own, or none")
  void own() {
    for (String name : List.of("model.encoder.a", "encoder.module.a", "models.a")) {
      try (TensorStore store = store(name)) {
        assertThat(UnwrappedTensors.of(store, "model.")).isSameAs(store);
      }
    }
  }

  @Test
  @DisplayName("are refused where two would have one name")
  void twins() {
    TensorStore store = store("module.a", "a");
    assertThatThrownBy(() -> UnwrappedTensors.of(store, "bert."))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(store.source() + ": tensor a is there twice, as ")
        .hasMessageContaining("module.a")
        .hasMessageEndingWith("; leave one of them out");
    assertThatThrownBy(() -> store.tensor("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  @DisplayName("may have any number of them without harm")
  void many() {
    try (TensorStore store = UnwrappedTensors.of(store("module.".repeat(10_000)), "bert.")) {
      assertThat(store.names()).hasSize(1);
    }
  }
}
