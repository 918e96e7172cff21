package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.Fixtures;

class TextPreprocessorTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @BeforeEach
  void copyAnEncoder() throws IOException {
    for (String file : List.of("config.json", "vocab.txt", "tokenizer_config.json")) {
      Files.copy(Fixtures.path("texts/vocab_uncased").resolve(file), folder.resolve(file));
    }
  }

  @Test
  void aBatchIsPaddedToItsLongestText() {
    try (Preprocessor preprocessor = preprocessor()) {
      Named<HostTensor> batch =
          preprocessor.collate(
              List.of(prepared(preprocessor, "red"), prepared(preprocessor, "red blue green")));
      long[] ids = batch.get("input_ids").longs();
      assertThat(batch.get("input_ids").shape().dims()).containsExactly(2, 5);
      assertThat(ids[0]).isEqualTo(2);
      assertThat(ids[2]).isEqualTo(3);
      assertThat(ids).endsWith(3);
      assertThat(ids[3]).isZero();
      assertThat(ids[4]).isZero();
      assertThat(batch.get("attention_mask").longs()).containsExactly(1, 1, 1, 0, 0, 1, 1, 1, 1, 1);
      assertThat(batch.get("token_type_ids").longs()).containsOnly(0).hasSize(10);
    }
  }

  @Test
  void paddingIsTheTokenizersOwn() throws IOException {
    try (Preprocessor preprocessor =
        new TextModality().preprocessor(Fixtures.path("texts/unigram"), "bert")) {
      Named<HostTensor> batch =
          preprocessor.collate(
              List.of(prepared(preprocessor, "red"), prepared(preprocessor, "red blue green")));
      assertThat(batch.get("input_ids").longs()).contains(0);
      assertThat(batch.names()).containsExactly("input_ids", "attention_mask");
    }
  }

  /** LLaMA's tokenizer has no padding token, and old configurations of it have -1 for none. */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama_both_ends"})
  void paddingIsMaskedWhereTheTokenizerHasNoneOfItsOwn(String tokenizer) {
    try (Preprocessor preprocessor =
        new TextModality()
            .preprocessor(Fixtures.path("decoder_tokenizers").resolve(tokenizer), "llama")) {
      Named<HostTensor> one = prepared(preprocessor, "red");
      Named<HostTensor> batch =
          preprocessor.collate(List.of(one, prepared(preprocessor, "red blue green")));
      int length = preprocessor.length(one);
      int longest = (int) batch.get("input_ids").shape().dim(1);
      assertThat(longest).isGreaterThan(length);
      assertThat(Arrays.copyOfRange(batch.get("input_ids").longs(), length, longest))
          .containsOnly(0);
      assertThat(Arrays.copyOfRange(batch.get("attention_mask").longs(), length, longest))
          .containsOnly(0);
    }
  }

  @Test
  void siglipsTextsAreFilledUpWithPaddingThatCounts() {
    try (Preprocessor preprocessor =
        new TextModality()
            .preprocessor(Fixtures.path("decoder_tokenizers/siglip_text"), "siglip_text_model")) {
      Named<HostTensor> sample = prepared(preprocessor, "red");
      assertThat(preprocessor.length(sample)).isEqualTo(24);
      assertThat(sample.get("input_ids").longs()).endsWith(1, 1, 1);
      assertThat(sample.get("attention_mask").longs()).containsOnly(1).hasSize(24);
    }
  }

  @Test
  void siglipsTokenizerWithoutTokenizerJsonIsRefused() throws IOException {
    edit("tokenizer_config.json", c -> c.put("tokenizer_class", "SiglipTokenizer"));
    refused()
        .hasMessageContaining("there is no tokenizer.json; SiglipTokenizer saves spiece.model");
  }

  @Test
  void aTextOfAHundredThousandWordsKeepsItsBeginningAndItsSpecialTokens() {
    String text = "red blue ".repeat(50_000);
    try (Preprocessor preprocessor = preprocessor()) {
      long[] ids = prepared(preprocessor, text).get("input_ids").longs();
      long[] start = prepared(preprocessor, "red blue ".repeat(23)).get("input_ids").longs();
      assertThat(ids).hasSize(48).containsExactly(start);
    }
  }

  @Test
  void halfACharacterIsAReplacementCharacter() {
    try (Preprocessor preprocessor = preprocessor()) {
      assertThat(prepared(preprocessor, "red \uD83D blue").get("input_ids").longs())
          .containsExactly(prepared(preprocessor, "red \uFFFD blue").get("input_ids").longs());
    }
  }

  @Test
  void severalThreadsPrepareTheSameIds() {
    List<String> texts = List.of("what color is it?", "颜色 red", "ما لون", "");
    try (Preprocessor preprocessor = preprocessor()) {
      List<long[]> alone =
          texts.stream().map(t -> prepared(preprocessor, t).get("input_ids").longs()).toList();
      IntStream.range(0, 400)
          .parallel()
          .forEach(
              i ->
                  assertThat(prepared(preprocessor, texts.get(i % 4)).get("input_ids").longs())
                      .isEqualTo(alone.get(i % 4)));
    }
  }

  @Test
  void theFingerprintChangesWithTheVocabularyAndTheLimits() throws IOException {
    String before = fingerprint();
    assertThat(fingerprint()).isEqualTo(before);
    edit("config.json", c -> c.put("max_position_embeddings", 20));
    String shorter = fingerprint();
    assertThat(shorter).isNotEqualTo(before);
    edit("tokenizer_config.json", c -> c.put("do_lower_case", false));
    assertThat(fingerprint()).isNotEqualTo(shorter);
  }

  @Test
  void aTokenizerOfAnotherEncoderIsRefused() throws IOException {
    edit("config.json", c -> c.put("vocab_size", 100));
    refused()
        .hasMessageStartingWith(folder.resolve("vocab.txt") + ": the tokenizer gives ids up to ")
        .hasMessageContaining("but the encoder knows 100 tokens");
  }

  @Test
  void anEncoderWithoutTokenizerIsRefused() throws IOException {
    Files.delete(folder.resolve("vocab.txt"));
    refused()
        .hasMessage(
            folder
                + ": there is neither tokenizer.json nor vocab.txt nor vocab.json with merges.txt;"
                + " save the encoder's tokenizer there (a fast one, so that tokenizer.json is"
                + " written)");
  }

  @Test
  void aTokenizerThatIsNoneIsRefused() throws IOException {
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"type\": \"New\", \"vocab\": {\"a\": 0}}}");
    refused()
        .hasMessage(
            folder.resolve("tokenizer.json") + ": model has the type \"New\", which is unknown");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": ");
    refused().hasMessageStartingWith(folder.resolve("tokenizer.json") + ": line 1 is not JSON");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    refused()
        .hasMessage(folder.resolve("tokenizer.json") + ": model must be an object, found nothing");
  }

  @Test
  void aVocabularyWithoutSpecialTokensIsRefused() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[CLS]\n[SEP]\n[MASK]\nred\n");
    refused().hasMessage(folder.resolve("vocab.txt") + ": the special token [UNK] has no line");
  }

  @Test
  void aVocabularyThatIsNoTextIsRefused() throws IOException {
    Files.write(folder.resolve("vocab.txt"), new byte[] {'a', (byte) 0xC3, 0x28});
    refused().hasMessage(folder.resolve("vocab.txt") + ": is not UTF-8 text");
  }

  @Test
  void aFileIsNoText() {
    try (Preprocessor preprocessor = preprocessor()) {
      assertThatThrownBy(() -> preprocessor.prepare(new Source.File(Path.of("a.txt"))))
          .isInstanceOf(PmfException.class)
          .hasMessage("a.txt: a text is given itself, not as a file");
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused() {
    return assertThatThrownBy(this::preprocessor)
        .isInstanceOf(PmfException.class)
        .satisfies(e -> assertThat(((PmfException) e).kind()).isEqualTo(ErrorKind.INPUT))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private Preprocessor preprocessor() {
    return new TextModality().preprocessor(folder, "bert");
  }

  private String fingerprint() {
    try (Preprocessor preprocessor = preprocessor()) {
      return preprocessor.fingerprint();
    }
  }

  private static Named<HostTensor> prepared(Preprocessor preprocessor, String text) {
    return preprocessor.prepare(new Source.Text(text));
  }

  private void edit(String file, Consumer<ObjectNode> change) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(file));
    ObjectNode json = (ObjectNode) JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
    change.accept(json);
    JSON.writeValue(folder.resolve(file).toFile(), json);
  }
}
