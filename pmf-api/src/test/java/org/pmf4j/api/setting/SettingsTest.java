package org.pmf4j.api.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;

@DisplayName("Settings")
class SettingsTest {
  private static final Setting<Integer> LAYERS = Setting.whole("layers", 2, 1, 12, "fused");
  private static final Setting<Integer> STEPS = Setting.whole("steps", 0, 0, "between");
  private static final Setting<Long> SEED = Setting.any("seed", 7, "of everything");
  private static final Setting<Double> RATE =
      Setting.real("rate", 0.5, Kind.Bound.excluding(0), Kind.Bound.including(1), "of learning");
  private static final Setting<Double> WARMUP =
      Setting.real("warmup", 0, Kind.Bound.including(0), Kind.Bound.excluding(1), "share");
  private static final Setting<Double> CLIP =
      Setting.real("clip", 1, 0, Double.POSITIVE_INFINITY, "norm");
  private static final Setting<Boolean> SHUFFLE = Setting.truth("shuffle", true, "shuffle");
  private static final Setting<Activation> ACTIVATION =
      Setting.choice("activation", Activation.GELU_TANH, "between layers");
  private static final Setting<List<String>> PARTS =
      Setting.text(
          "parts",
          List.of("a", "b"),
          text -> Optional.of(List.of(text.split(",", -1))).filter(l -> !l.contains("")),
          list -> String.join(",", list),
          "words with commas between",
          "of it");

  private static final Settings DEFAULTS =
      Settings.defaults(
          "method m", List.of(LAYERS, STEPS, SEED, RATE, WARMUP, CLIP, SHUFFLE, ACTIVATION, PARTS));

  @Test
  @DisplayName("have their defaults, in the order of their declaration, as files hold them")
  void defaults() {
    assertThat(DEFAULTS.toMap())
        .containsExactly(
            Map.entry("layers", 2),
            Map.entry("steps", 0),
            Map.entry("seed", 7L),
            Map.entry("rate", 0.5),
            Map.entry("warmup", 0.0),
            Map.entry("clip", 1.0),
            Map.entry("shuffle", true),
            Map.entry("activation", "gelu-tanh"),
            Map.entry("parts", "a,b"));
  }

  @Test
  @DisplayName("are read from values and from their texts alike")
  void changed() {
    Settings texts =
        DEFAULTS.with(
            Map.of("layers", " 3 ", "rate", "1e-3", "shuffle", "false", "activation", "relu"));
    Settings values =
        DEFAULTS
            .with(LAYERS, 3)
            .with(RATE, 1e-3)
            .with(SHUFFLE, false)
            .with(ACTIVATION, Activation.RELU);
    assertThat(texts).isEqualTo(values).isNotEqualTo(DEFAULTS);
    assertThat(texts.get(ACTIVATION)).isEqualTo(Activation.RELU);
    assertThat(DEFAULTS.with(texts.toMap())).isEqualTo(texts);
    assertThat(DEFAULTS.with(Map.of("parts", "x")).get(PARTS)).containsExactly("x");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("out of range are refused by name, range and value, as bad usage")
  @CsvSource(
      delimiter = '|',
      value = {
        "layers|0|layers of method m must be 1 to 12, got 0",
        "layers|13|layers of method m must be 1 to 12, got 13",
        "layers|two|layers of method m must be a whole number, 1 to 12, got 'two'",
        "layers|1.5|layers of method m must be a whole number, 1 to 12, got 1.5",
        "layers|99999999999|layers of method m must be 1 to 12, got 99999999999",
        "steps|-1|steps of method m must be at least 0, got -1",
        "seed|x|seed of method m must be a whole number, got 'x'",
        "rate|0|rate of method m must be above 0 and at most 1, got 0",
        "rate|NaN|rate of method m must be a number, above 0 and at most 1, got 'NaN'",
        "warmup|1|warmup of method m must be 0 to below 1, got 1",
        "clip|-0.5|clip of method m must be 0 or more, got -0.5",
        "shuffle|yes|shuffle of method m must be true or false, got 'yes'",
        "activation|sine|activation of method m must be relu, gelu, gelu-tanh, quick-gelu, silu or"
            + " tanh, got 'sine'",
        "parts|,|parts of method m must be words with commas between, got ','",
        "size|1|unknown setting 'size' of method m; known: layers, steps, seed, rate, warmup, clip,"
            + " shuffle, activation, parts"
      })
  void refused(String name, String value, String message) {
    assertThatThrownBy(() -> DEFAULTS.with(Map.of(name, value)))
        .isInstanceOf(PmfException.class)
        .hasMessage(message)
        .extracting(e -> ((PmfException) e).kind())
        .isEqualTo(ErrorKind.USAGE);
  }

  @Test
  @DisplayName("cannot be declared with a default out of range, without a name, or twice")
  void badDeclarations() {
    assertThatThrownBy(() -> Setting.whole("layers", 0, 1, "fused"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layers: the default 0 is out of range");
    assertThatThrownBy(() -> Setting.whole("a b", 0, 0, "fused"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Settings.defaults("method m", List.of(LAYERS, LAYERS)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two settings of method m are called layers");
    Setting<Integer> other = Setting.whole("other", 0, 0, "of nobody");
    assertThatThrownBy(() -> DEFAULTS.get(other)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("of what was saved before a default are what they were then, unless it tells them")
  void former() {
    Setting<Boolean> younger = Setting.truth("norm", true, "of it").formerly(false);
    Settings today = Settings.defaults("method m", List.of(LAYERS, younger));
    assertThat(today.get(younger)).isTrue();
    assertThat(today.saved(Map.of("layers", 3)).get(younger)).isFalse();
    assertThat(today.saved(Map.of("norm", true)).get(younger)).isTrue();
    assertThat(today.saved(Map.of()).get(LAYERS)).isEqualTo(2);
    assertThat(LAYERS.formerText()).isEmpty();
    assertThat(younger.formerText()).contains("false");
  }
}
