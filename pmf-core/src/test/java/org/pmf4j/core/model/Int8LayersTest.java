package org.pmf4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

@DisplayName("The layers that stay in single precision")
class Int8LayersTest {
  private static final Int8Layers LAYERS =
      new Int8Layers(Map.of("image", Set.of("b.weight", "a.weight")));

  @TempDir private Path folder;

  @Test
  void areReadAsTheyWereWritten() {
    Path file = folder.resolve("int8.json");
    LAYERS.write(file, "abc");
    assertThat(Int8Layers.read(file, "abc")).contains(LAYERS);
    assertThat(LAYERS.size()).isEqualTo(2);
    assertThat(LAYERS.of("text")).isEmpty();
  }

  @Test
  void countForNothingWhereTheyWereMeasuredOfAnotherAdapter() {
    Path file = folder.resolve("int8.json");
    LAYERS.write(file, "abc");
    assertThat(Int8Layers.read(file, "abd")).isEmpty();
    assertThat(Int8Layers.read(folder.resolve("none.json"), "abc")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format_version\": 2, \"in_float\": {}}",
        "{\"format_version\": 1}",
        "{\"format_version\": 1, \"in_float\": {\"image\": [1]}}",
        "{\"format_version\": 1, \"in_float\": {\"image\": \"a\"}}",
        "no JSON"
      })
  void areRefusedInOneLineWhereTheFileIsNone(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("int8.json"), text);
    assertThatThrownBy(() -> Int8Layers.read(file, null))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("int8.json")
        .hasMessageNotContaining("\n");
  }
}
