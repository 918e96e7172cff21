package org.pmf4j.modalities.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.modality.Source;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.modalities.Fixtures;

class TextParityTest {
  static Stream<Arguments> cases() {
    JsonNode all = Fixtures.json("texts.json");
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
    long[] ids =
        LongStream.range(0, expected.size()).map(i -> expected.get((int) i).asLong()).toArray();
    try (Preprocessor preprocessor =
        new TextModality().preprocessor(Fixtures.path("texts").resolve(tokenizer), "bert")) {
      Named<HostTensor> sample = preprocessor.prepare(new Source.Text(text));
      assertThat(sample.get("input_ids").longs()).containsExactly(ids);
      assertThat(sample.get("attention_mask").longs()).hasSameSizeAs(ids).containsOnly(1);
      assertThat(sample.has("token_type_ids")).isEqualTo(!tokenizer.equals("unigram"));
    }
  }
}
