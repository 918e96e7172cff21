package org.pmf4j.testkit.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rules for messages")
class MessageRulesTest {

  @ParameterizedTest(name = "refuse: {0}")
  @ValueSource(
      strings = {
        "config.json: Non-standard token 'Infinity': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS`",
        "a.png: cannot be read: java.io.EOFException",
        "a.png: cannot be read: null",
        "a.json: Unexpected character ('}' (code 125)): was expecting a colon",
        "a.json: at [Source: (File); line: 1, column: 2]",
        "the object Shape@1a2b3c4d does not fit",
        "this is a bug: IndexOutOfBoundsException: Index 5 out of bounds for length 3",
        "index out of range in self",
        "label 'a\nb' is unknown",
        "label '\u001b[31mred' is unknown",
        "data did not match any variant of untagged enum ModelWrapper",
        "a.yaml line 2: not valid YAML: while scanning a simple key",
        " "
      })
  void refuse(String message) {
    assertThat(MessageRules.offences(message)).isNotEmpty();
  }

  @ParameterizedTest(name = "accept: {0}")
  @ValueSource(
      strings = {
        "/data/java.util/x.csv row 3, column 'image': photos/1.jpg: no such file",
        "bert/config.json: not valid JSON in line 3, column 7: a value is missing",
        "preprocessor_config.json: image_processor_type 'ViTImageProcessor' is not known",
        "no META-INF/services/org.pmf4j.api.plugin.PmfPlugin names a plugin in it",
        "a.jsonl line 2: a cell may be null or away; the object has neither bytes nor path",
        "the disk is full; give another folder with PMF_CACHE",
        "label '日本' is unknown",
        "a 🎉 is no label"
      })
  void accept(String message) {
    assertThat(MessageRules.offences(message)).isEmpty();
  }

  @Test
  @DisplayName("bound the length of what they accept")
  void length() {
    assertThat(MessageRules.offences("x".repeat(MessageRules.LONGEST))).isEmpty();
    assertThat(MessageRules.offences("x".repeat(MessageRules.LONGEST + 1))).hasSize(1);
    String fault = "t.csv row 3: no label; ";
    assertThat(MessageRules.offences(fault.repeat(100))).isEmpty();
    assertThat(MessageRules.offences(fault.repeat(200))).hasSize(1);
  }

  @Test
  @DisplayName("know a place from none")
  void places() {
    assertThat(MessageRules.namesAPlace("x.png: truncated")).isTrue();
    assertThat(MessageRules.namesAPlace("row 3: no label")).isTrue();
    assertThat(MessageRules.namesAPlace("hidden_size must be above 0")).isTrue();
    assertThat(MessageRules.namesAPlace("must be above 0")).isFalse();
  }
}
