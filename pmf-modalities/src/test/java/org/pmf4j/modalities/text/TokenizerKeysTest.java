package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.modalities.Fixtures;
import org.pmf4j.modalities.directory.SettingsFiles;

@DisplayName("Lists of a tokenizer's keys")
class TokenizerKeysTest {

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer_config", "special_tokens_map"})
  void sayOfEachKeyOnceWhatBecomesOfIt(String name) throws IOException {
    List<String[]> lines = lines(name);
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line -> {
              assertThat(line.length).isBetween(3, 4);
              assertThat(line[1]).isIn("honoured", "irrelevant", "refused");
              assertThat(line[2]).isNotBlank();
            });
    assertThat(lines.stream().map(l -> l[0])).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void knowWhatTransformersWrites() throws IOException {
    List<String> known = lines("tokenizer_config").stream().map(l -> l[0]).toList();
    for (String folder : List.of("texts", "tokenizers", "decoder_tokenizers")) {
      try (Stream<Path> files = Files.walk(Fixtures.path(folder))) {
        for (Path file : files.filter(f -> f.endsWith("tokenizer_config.json")).toList()) {
          JsonNode json = new ObjectMapper().readTree(file.toFile());
          json.fieldNames().forEachRemaining(key -> assertThat(known).contains(key));
        }
      }
    }
  }

  private static List<String[]> lines(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SettingsFiles.class.getResourceAsStream("keys/" + name + ".tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(l -> l.split("\t"))
          .toList();
    }
  }
}
