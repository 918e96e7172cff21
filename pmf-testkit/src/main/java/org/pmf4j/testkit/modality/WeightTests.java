package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.error.PmfException;

/** What a family asks of its weights. */
abstract class WeightTests {
  private final ModalityConformance suite;

  WeightTests(ModalityConformance suite) {
    this.suite = suite;
  }

  private Map<String, Integer> build(String missing) {
    try (RandomWeights weights = RandomWeights.of(suite.openBackend(), missing)) {
      suite.family().build(suite.config(), weights, suite.layers());
      return Map.copyOf(weights.times());
    }
  }

  @Test
  @DisplayName("are asked for once each, by name and shape, while the encoder is built")
  void once() {
    Map<String, Integer> times = build(null);
    assertThat(times).isNotEmpty().allSatisfy((name, n) -> assertThat(n).as(name).isOne());
    assertThat(build(null)).isEqualTo(times);
  }

  @Test
  @DisplayName("that are asked for are none of those that the family passes over")
  void notIgnored() {
    assertThat(build(null).keySet())
        .noneMatch(name -> suite.family().ignores(name))
        .noneMatch(name -> suite.family().ignores(suite.family().prefix() + name));
  }

  @Test
  @DisplayName("that are missing end the building, unless the encoder can do without")
  void missing() {
    Set<String> demanded = new HashSet<>();
    for (String name : build(null).keySet()) {
      try {
        assertThat(build(name)).doesNotContainKey(name);
      } catch (PmfException e) {
        assertThat(e).hasMessage("random weights: tensor " + name + " is missing");
        demanded.add(name);
      }
    }
    assertThat(demanded).isNotEmpty();
  }

  @Test
  @DisplayName("belong to a configuration: one whose width is no number is refused by its name")
  void wrongConfiguration() {
    assertThatThrownBy(
            () -> {
              try (RandomWeights weights = RandomWeights.of(suite.openBackend(), null)) {
                Map<String, Object> wrong = new HashMap<>(suite.config().values());
                wrong.replaceAll((k, v) -> v instanceof Integer ? "wide" : v);
                EncoderConfig config = new EncoderConfig("config.json", wrong);
                suite.family().build(config, weights, suite.layers());
              }
            })
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("config.json");
  }
}
