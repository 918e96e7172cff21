package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

@DisplayName("Files beside a tokenizer")
class SideFilesTest {
  /** Of these, one version of transformers says something else or nothing. */
  private static final Map<String, String> ONE_VERSION =
      Map.of("extra special tokens as a list", "5", "another separator", "4");

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return Fixtures.json("side_files.json").get("cases").properties().stream()
        .flatMap(
            c ->
                List.of("4", "5").stream()
                    .filter(v -> ONE_VERSION.getOrDefault(c.getKey(), v).equals(v))
                    .map(v -> Arguments.of(c.getKey(), v, c.getValue())));
  }

  @ParameterizedTest(name = "{0}: the ids of transformers {1}")
  @MethodSource("cases")
  void countAsInTransformers(String name, String version, JsonNode files) throws IOException {
    write(files);
    JsonNode texts = Fixtures.json("side_files.json").get("texts");
    try (Preprocessor preprocessor = AsTransformers.preprocessor(folder)) {
      for (int i = 0; i < texts.size(); i++) {
        JsonNode right = files.get("ids").get(version).get(i);
        long[] ids =
            LongStream.range(0, right.size()).map(j -> right.get((int) j).asLong()).toArray();
        Source text = new Source.Text(texts.get(i).textValue());
        assertThat(preprocessor.prepare(text).get("input_ids").longs())
            .as("text %d", i)
            .containsExactly(ids);
      }
    }
  }

  @Test
  void anAddedTokenThatTheEncoderHasNoRowForIsRefusedInATextThatHasIt() throws IOException {
    JsonNode files = files("vocabulary with added_tokens_decoder");
    write(files);
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    int size = files.get("files").get("config.json").get("vocab_size").intValue();
    Files.writeString(config, text.replace(String.valueOf(size), String.valueOf(size - 8)));
    try (Preprocessor preprocessor = new TextModality().preprocessor(folder, "bert")) {
      assertThat(preprocessor.prepare(new Source.Text("red")).get("input_ids").longs()).hasSize(3);
      assertThatThrownBy(() -> preprocessor.prepare(new Source.Text("red <brand>")))
          .isInstanceOf(PmfException.class)
          .hasMessage(
              folder.resolve("vocab.txt")
                  + ": a text has the added token with id "
                  + (size - 8)
                  + ", but the encoder knows "
                  + (size - 8)
                  + " tokens; give it the embeddings that were trained with these tokens");
    }
  }

  @Test
  void aPointerOfGitLfsIsNamedAsSuch() throws IOException {
    write(files("tokenizer.json alone"));
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        file, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 17082821\n");
    assertThatThrownBy(() -> new TextModality().preprocessor(folder, "bert"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("git-lfs")
        .hasMessageContaining("git lfs pull");
  }

  @Test
  void brokenSideFilesAreNamed() throws IOException {
    write(files("vocabulary with added_tokens.json"));
    Files.writeString(folder.resolve("added_tokens.json"), "{\"<x>\": -1}");
    refused(folder.resolve("added_tokens.json") + ": ids must be whole numbers from 0 on");
    Files.delete(folder.resolve("added_tokens.json"));
    Path settings = folder.resolve("tokenizer_config.json");
    Files.writeString(settings, "{\"truncation_side\": \"both\"}");
    refused(settings + ": \"truncation_side\" must be left or right, found both");
    Files.writeString(settings, "{\"added_tokens_decoder\": {\"a\": {\"content\": \"x\"}}}");
    refused(settings + ": \"added_tokens_decoder\" must have tokens under their ids");
    Files.writeString(settings, "{\"added_tokens_decoder\": {\"7\": {\"special\": true}}}");
    refused(settings + ": \"added_tokens_decoder\" has a token without \"content\"");
    Files.writeString(settings, "{\"model_max_length\": 2}");
    refused(settings + ": \"model_max_length\" must be 3 tokens or more, found 2");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> new TextModality().preprocessor(folder, "bert"))
        .isInstanceOf(PmfException.class)
        .hasMessage(message);
  }

  private static JsonNode files(String name) {
    return Fixtures.json("side_files.json").get("cases").get(name);
  }

  private void write(JsonNode files) throws IOException {
    for (Map.Entry<String, JsonNode> file : files.get("files").properties()) {
      JsonNode content = file.getValue();
      Files.writeString(
          folder.resolve(file.getKey()),
          content.isTextual() ? content.textValue() : content.toString());
    }
  }
}
