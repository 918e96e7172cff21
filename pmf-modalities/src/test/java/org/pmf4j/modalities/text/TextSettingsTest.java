package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.LengthLimit;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.modalities.Fixtures;

@DisplayName("A text encoder of 48 positions, whose tokenizer sets two tokens around a text")
class TextSettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LONG = "red ".repeat(100);
  private static final String SENTENCE = "sentence_bert_config.json";
  private static final String MODEL = "config_sentence_transformers.json";

  @TempDir private Path folder;

  /** With a tokenizer.json, which has a truncation. */
  @BeforeEach
  void encoder() throws IOException {
    for (String file : List.of("config.json", "vocab.txt", "tokenizer_config.json")) {
      Files.copy(Fixtures.path("texts/vocab_uncased").resolve(file), folder.resolve(file));
    }
    SettingsOfTokenizer.write(folder);
  }

  private int length(Map<String, ?> chosen) {
    try (Preprocessor p = Chosen.preprocessor(folder, chosen)) {
      return p.length(p.prepare(new Source.Text(LONG)));
    }
  }

  private long[] ids(Map<String, ?> chosen, String text) {
    try (Preprocessor p = Chosen.preprocessor(folder, chosen)) {
      return p.prepare(new Source.Text(text)).get("input_ids").longs();
    }
  }

  private void edit(String file, Consumer<ObjectNode> change) throws IOException {
    Path path = folder.resolve(file);
    ObjectNode json =
        Files.exists(path) ? (ObjectNode) JSON.readTree(path.toFile()) : JSON.createObjectNode();
    change.accept(json);
    JSON.writeValue(path.toFile(), json);
  }

  private void truncate(Object length) throws IOException {
    edit(
        "tokenizer.json",
        c ->
            c.putObject("truncation")
                .put("direction", "Right")
                .put("strategy", "LongestFirst")
                .put("stride", 0)
                .set("max_length", JSON.valueToTree(length)));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused(Map<String, ?> chosen) {
    return assertThatThrownBy(() -> Chosen.preprocessor(folder, chosen))
        .isInstanceOf(PmfException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  @DisplayName("cuts where its files state it: the narrowest of three bounds")
  void stated() throws IOException {
    assertThat(length(Map.of())).isEqualTo(48);
    truncate(20);
    assertThat(length(Map.of())).isEqualTo(20);
    edit("tokenizer_config.json", c -> c.put("model_max_length", 10));
    assertThat(length(Map.of())).isEqualTo(10);
    edit("tokenizer_config.json", c -> c.put("model_max_length", 1e30));
    edit("config.json", c -> c.put("max_position_embeddings", 7));
    assertThat(length(Map.of("max-length", "stated"))).isEqualTo(7);
  }

  @Test
  @DisplayName("goes by max_seq_length before all others, as sentence-transformers does")
  void sentences() throws IOException {
    truncate(20);
    edit("tokenizer_config.json", c -> c.put("model_max_length", 30));
    edit(SENTENCE, c -> c.put("max_seq_length", 40));
    assertThat(length(Map.of())).isEqualTo(40);
    edit(SENTENCE, c -> c.put("max_seq_length", 400));
    assertThat(length(Map.of())).isEqualTo(48);
    edit(SENTENCE, c -> c.putNull("max_seq_length"));
    assertThat(length(Map.of())).isEqualTo(30);
  }

  @Test
  @DisplayName("takes as much as it can, or a number of tokens, where that is chosen")
  void chosen() throws IOException {
    truncate(20);
    edit(SENTENCE, c -> c.put("max_seq_length", 10));
    assertThat(length(Map.of("max-length", "longest"))).isEqualTo(48);
    assertThat(length(Map.of("max-length", "31"))).isEqualTo(31);
    edit("tokenizer_config.json", c -> c.put("model_max_length", 30));
    assertThat(length(Map.of("max-length", "longest"))).isEqualTo(30);
    assertThat(length(Map.of("max-length", 48))).isEqualTo(48);
    assertThat(length(Map.of("max-length", 3))).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"49", "2", "1", "999999999"})
  @DisplayName("refuses more tokens than it has positions, and no room for a word:")
  void outOfRange(String length) {
    refused(Map.of("max-length", length))
        .hasMessage(
            "max-length must be 3 to 48 for the encoder of %s, got %s",
            folder.resolve("config.json"), length);
  }

  @ParameterizedTest(name = "got <{0}>")
  @CsvSource({"0", "-1", "1.5", "all", "''", "9999999999"})
  @DisplayName("refuses what is no number of tokens:")
  void noNumber(String length) {
    refused(Map.of("max-length", length))
        .hasMessageStartingWith(
            "max-length of encoder text must be stated, longest or a whole number above 0, got");
  }

  @Test
  @DisplayName("refuses a broken truncation where it counts, and nowhere else")
  void truncation() throws IOException {
    for (Object wrong : new Object[] {0, -3, 2.5, "20", List.of(), Map.of()}) {
      truncate(wrong);
      refused(Map.of())
          .hasMessageStartingWith(
              folder.resolve("tokenizer.json")
                  + ": \"truncation.max_length\" must be a whole number above 0, found ");
      assertThat(length(Map.of("max-length", "longest"))).isEqualTo(48);
    }
    truncate(2);
    refused(Map.of())
        .hasMessage(
            folder.resolve("tokenizer.json")
                + ": \"truncation.max_length\" must be 3 tokens or more, found 2");
    truncate(20);
    edit("tokenizer.json", c -> ((ObjectNode) c.get("truncation")).put("strategy", "OnlySecond"));
    refused(Map.of())
        .hasMessageEndingWith(
            "cuts the second of two texts alone, and here a text stands alone; choose"
                + " max-length=longest or a number");
    edit("tokenizer.json", c -> ((ObjectNode) c.get("truncation")).put("strategy", "Middle"));
    refused(Map.of()).hasMessageContaining("must be LongestFirst or OnlyFirst or OnlySecond");
    edit("tokenizer.json", c -> c.put("truncation", 20));
    refused(Map.of()).hasMessageContaining("\"truncation\" must be an object or null, found 20");
  }

  @Test
  @DisplayName("loses the beginning of a text where the truncation goes from the left")
  void left() throws IOException {
    truncate(5);
    edit("tokenizer.json", c -> ((ObjectNode) c.get("truncation")).put("direction", "Left"));
    assertThat(ids(Map.of(), "red blue green red blue")).isEqualTo(ids(Map.of(), "green red blue"));
  }

  @Test
  @DisplayName("tells which texts it cuts")
  void cuts() {
    try (Preprocessor p = Chosen.preprocessor(folder, Map.of("max-length", 5))) {
      LengthLimit limit = p.lengthLimit().orElseThrow();
      assertThat(limit.longest()).isEqualTo(5);
      assertThat(limit.most()).isEqualTo(48);
      assertThat(limit.setting()).isEqualTo("max-length");
      assertThat(limit.cut().test(new Source.Text("red blue green"))).isFalse();
      assertThat(limit.cut().test(new Source.Text("red blue green red"))).isTrue();
      assertThat(limit.cut().test(new Source.Text(LONG))).isTrue();
    }
  }

  @Test
  @DisplayName("sets the prompt before each text that the files name, another, or none")
  void prompts() throws IOException {
    edit(MODEL, c -> c.putObject("prompts").put("query", "red blue ").put("other", "green "));
    long[] bare = ids(Map.of(), "green");
    assertThat(bare).hasSize(3);
    assertThat(ids(Map.of("prompt", "query"), "green")).isEqualTo(ids(Map.of(), "red blue green"));
    edit(MODEL, c -> c.put("default_prompt_name", "query"));
    assertThat(ids(Map.of(), "green")).isEqualTo(ids(Map.of("prompt", "none"), "red blue green"));
    assertThat(ids(Map.of("prompt", "other"), "red"))
        .isEqualTo(ids(Map.of("prompt", "none"), "green red"));
    assertThat(ids(Map.of("prompt", "none"), "green")).isEqualTo(bare);
    try (Preprocessor p = Chosen.preprocessor(folder, Map.of())) {
      assertThat(p.promptTokens()).isEqualTo(3);
    }
    try (Preprocessor p = Chosen.preprocessor(folder, Map.of("prompt", "none"))) {
      assertThat(p.promptTokens()).isZero();
    }
  }

  @Test
  @DisplayName("refuses a prompt that is not there, and one that leaves no room for a text")
  void badPrompts() throws IOException {
    refused(Map.of("prompt", "query"))
        .hasMessage(folder.resolve(MODEL) + ": there is no prompt 'query'; there is none at all");
    edit(MODEL, c -> c.putObject("prompts").put("query", "red ").put("passage", "blue "));
    refused(Map.of("prompt", "document"))
        .hasMessageEndingWith("there is no prompt 'document'; there are: query, passage");
    edit(MODEL, c -> c.put("default_prompt_name", "document"));
    refused(Map.of())
        .hasMessageEndingWith(
            "\"default_prompt_name\" must be the name of one of its prompts, found document");
    edit(MODEL, c -> c.putObject("prompts").put("document", LONG));
    refused(Map.of())
        .hasMessageStartingWith("the prompt 'red red ")
        .hasMessageEndingWith(
            "has as many tokens as a text may have, 48; choose a greater max-length, or"
                + " prompt=none");
    edit(MODEL, c -> c.put("prompts", 3));
    refused(Map.of()).hasMessageEndingWith("\"prompts\" must be an object, found 3");
    edit(MODEL, c -> c.put("model_type", "SparseEncoder"));
    refused(Map.of())
        .hasMessageEndingWith("\"model_type\" is SparseEncoder: only vectors of texts are made");
  }

  @Test
  @DisplayName(
      "takes capitals away where sentence_bert_config.json says so, unless that is refused")
  void letterCase() throws IOException {
    edit("tokenizer.json", c -> ((ObjectNode) c.get("normalizer")).put("lowercase", false));
    edit("tokenizer_config.json", c -> c.put("do_lower_case", false));
    long[] low = ids(Map.of(), "red");
    long[] high = ids(Map.of(), "RED");
    assertThat(high).isNotEqualTo(low);
    edit(SENTENCE, c -> c.put("do_lower_case", true));
    assertThat(ids(Map.of(), "RED")).isEqualTo(low);
    assertThat(ids(Map.of("letter-case", "tokenizer"), "RED")).isEqualTo(high);
  }

  @Test
  @DisplayName("is prepared as before settings, to the same fingerprint, whatever files there are")
  void former() throws IOException {
    Map<String, String> former =
        Map.of("max-length", "longest", "prompt", "none", "letter-case", "tokenizer");
    String before = fingerprint(former);
    assertThat(fingerprint(Map.of())).as("no file says otherwise").isEqualTo(before);
    Files.writeString(folder.resolve(SENTENCE), "no JSON");
    Files.writeString(folder.resolve(MODEL), "no JSON");
    assertThat(fingerprint(former)).isEqualTo(before);
    Files.writeString(folder.resolve(SENTENCE), "{\"max_seq_length\": 9, \"do_lower_case\": true}");
    Files.writeString(
        folder.resolve(MODEL), "{\"prompts\": {\"a\": \"b\"}, \"default_prompt_name\": \"a\"}");
    assertThat(fingerprint(former)).isEqualTo(before);
    assertThat(fingerprint(Map.of())).isNotEqualTo(before);
    assertThat(fingerprint(Map.of("prompt", "none"))).isNotEqualTo(fingerprint(Map.of()));
  }

  private String fingerprint(Map<String, ?> chosen) {
    try (Preprocessor p = Chosen.preprocessor(folder, chosen)) {
      return p.fingerprint();
    }
  }

  @Test
  @DisplayName("refuses settings of sentence-transformers that are not read")
  void refusedSettings() throws IOException {
    edit(SENTENCE, c -> c.putObject("tokenizer_args").put("use_fast", false));
    refused(Map.of())
        .hasMessageEndingWith(
            "changes the tokenizer while it is loaded; write it into tokenizer_config.json");
    edit(SENTENCE, c -> c.putObject("tokenizer_args"));
    assertThat(length(Map.of())).isEqualTo(48);
    edit(SENTENCE, c -> c.put("max_seq_length", "all"));
    refused(Map.of())
        .hasMessageEndingWith("\"max_seq_length\" must be a whole number above 0, found all");
    edit(SENTENCE, c -> c.put("max_seq_length", 2));
    refused(Map.of()).hasMessageEndingWith("\"max_seq_length\" must be 3 tokens or more, found 2");
  }
}
