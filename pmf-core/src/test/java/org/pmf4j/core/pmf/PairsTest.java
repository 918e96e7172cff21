package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.error.PmfException;

class PairsTest {
  @Test
  void areAllOrderedPairsOrThoseThatAreNamed() {
    Pairs all = Pairs.of("all");
    assertThat(all.has("image", "text")).isTrue();
    assertThat(all.has("text", "text")).isFalse();
    Pairs none = Pairs.of("none");
    assertThat(none.has("image", "text")).isFalse();
    assertThat(none.text()).isEqualTo("none");
    Pairs some = Pairs.of("image>text, audio > text");
    assertThat(some.has("image", "text")).isTrue();
    assertThat(some.has("audio", "text")).isTrue();
    assertThat(some.has("text", "image")).isFalse();
    assertThat(some.text()).isEqualTo("image>text,audio>text");
    assertThat(Pairs.of(some.text())).isEqualTo(some);
  }

  static Stream<Arguments> bad() {
    String form = "pairs must be all, none, or pairs such as image>text,audio>text; got ";
    return Stream.of(
        arguments("a>b,c>b,a>b", "pairs names a>b twice; name it once"),
        arguments("a>a", "pairs names a with itself; name two modalities"),
        arguments("a", form + "'a'"),
        arguments("a>", form + "'a>'"),
        arguments("a>b,", form + "'a>b,'"),
        arguments("", form + "''"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("bad")
  void refuseInOneLine(String text, String message) {
    assertThatThrownBy(() -> Pairs.of(text)).isInstanceOf(PmfException.class).hasMessage(message);
  }

  @Test
  void refuseAModalityThatTheModelLacks() {
    Pairs pairs = Pairs.of("image>text,sound>text");
    assertThatThrownBy(() -> pairs.check(List.of("image", "text")))
        .isInstanceOf(PmfException.class)
        .hasMessage("pairs names the unknown modality 'sound'; there are: image, text");
    pairs.check(List.of("image", "text", "sound"));
  }
}
