package org.pmf4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;

class EncoderNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "label",
        "prediction",
        "probability",
        "",
        " ",
        " image",
        "a.b",
        "a+b",
        "a/b",
        "a=b",
        "a,b",
        "a>b",
        "a|b",
        "a:b",
        "a\\b",
        "a\nb",
        "a\u001Bb",
        "a\u202Eb"
      })
  void whatWouldBreakTablesOrSavedNamesIsRefused(String name) {
    assertThatThrownBy(() -> EncoderNames.check(name))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.USAGE))
        .hasMessageStartingWith("an encoder cannot be called '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "left_image", "image-2", "product image", "画像", "été"})
  void otherNamesAreTaken(String name) {
    assertThatCode(() -> EncoderNames.check(name)).doesNotThrowAnyException();
  }
}
