package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.Fixtures;

class TextParityTest {
  static Stream<Arguments> cases() {
    return cases("texts.json");
  }

  static Stream<Arguments> familyCases() {
    return cases("tokenizers.json");
  }

  static Stream<Arguments> decoderCases() {
    return cases("decoder_tokenizers.json");
  }

  static Stream<Arguments> siglipCases() {
    return cases("siglip_tokenizers.json");
  }

  private static Stream<Arguments> cases(String file) {
    JsonNode all = Fixtures.json(file);
    List<Arguments> cases = new ArrayList<>();
    all.get("ids")
        .properties()
        .forEach(
            tokenizer ->
                tokenizer
                    .getValue()
                    .properties()
                    .forEach(
                        sample ->
                            cases.add(
                                Arguments.of(
                                    sample.getKey(),
                                    tokenizer.getKey(),
                                    all.get("texts").get(sample.getKey()).asText(),
                                    sample.getValue()))));
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} has with {1} the ids that transformers gives")
  @MethodSource("cases")
  void idsAgree(String title, String tokenizer, String text, JsonNode expected) {
    Named<HostTensor> sample = prepare("texts", tokenizer, text);
    agree(sample, expected);
    assertThat(sample.has("token_type_ids")).isEqualTo(!tokenizer.equals("unigram"));
  }

  @ParameterizedTest(name = "{0} has with {1} the ids that transformers gives")
  @MethodSource("familyCases")
  void idsOfEveryFamilyAgree(String title, String tokenizer, String text, JsonNode expected) {
    idsAndInputsAgree("tokenizers", tokenizer, text, expected);
  }

  @ParameterizedTest(name = "{0} has with {1} the ids that transformers gives")
  @MethodSource("decoderCases")
  void idsOfDecodersAgree(String title, String tokenizer, String text, JsonNode expected) {
    if (expected.isEmpty()) {
      // No encoder takes a text without tokens, which transformers gives.
      assertThatThrownBy(() -> prepare("decoder_tokenizers", tokenizer, text))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("a text that is empty has no tokens here");
      return;
    }
    idsAndInputsAgree("decoder_tokenizers", tokenizer, text, expected);
  }

  @ParameterizedTest(name = "{0} has with {1} the ids that SiglipTokenizer gives")
  @MethodSource("siglipCases")
  void idsOfSiglipAgree(String title, String tokenizer, String text, JsonNode expected) {
    idsAndInputsAgree("siglip_tokenizers", tokenizer, text, expected);
  }

  private static void idsAndInputsAgree(
      String folder, String tokenizer, String text, JsonNode expected) {
    Named<HostTensor> sample = prepare(folder, tokenizer, text);
    agree(sample, expected);
    List<String> inputs = new ArrayList<>();
    Fixtures.json(folder + ".json")
        .get("inputs")
        .get(tokenizer)
        .forEach(n -> inputs.add(n.asText()));
    assertThat(sample.names()).containsExactlyInAnyOrderElementsOf(inputs);
  }

  private static Named<HostTensor> prepare(String folder, String tokenizer, String text) {
    try (Preprocessor preprocessor =
        AsTransformers.preprocessor(Fixtures.path(folder).resolve(tokenizer))) {
      return preprocessor.prepare(new Source.Text(text));
    }
  }

  private static void agree(Named<HostTensor> sample, JsonNode expected) {
    long[] ids =
        LongStream.range(0, expected.size()).map(i -> expected.get((int) i).asLong()).toArray();
    assertThat(sample.get("input_ids").longs()).containsExactly(ids);
    assertThat(sample.get("attention_mask").longs()).hasSameSizeAs(ids).containsOnly(1);
  }
}
