package org.pmf4j.testkit.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.fusion.FusionPlan;
import org.pmf4j.api.setting.Settings;

/** What a method says before there is a weight. */
abstract class PlanTests {
  private final FusionMethodConformance suite;

  PlanTests(FusionMethodConformance suite) {
    this.suite = suite;
  }

  @Test
  @DisplayName("fuses as many layers of each encoder as there are, or fewer")
  void layers() {
    for (Settings settings : suite.allSettings()) {
      FusionPlan plan = suite.method().plan(suite.shapes(), settings);
      assertThat(plan.fusionLayers().names()).isEqualTo(suite.shapes().names());
      suite
          .shapes()
          .asMap()
          .forEach(
              (m, shape) ->
                  assertThat(plan.fusionLayers().get(m))
                      .as("%s with %s", m, settings)
                      .isBetween(0, shape.depth()));
    }
  }

  @Test
  @DisplayName("requires none but the modalities that there are")
  void required() {
    for (Settings settings : suite.allSettings()) {
      assertThat(suite.shapes().names())
          .containsAll(suite.method().plan(suite.shapes(), settings).required());
    }
  }

  @Test
  @DisplayName("is the same for the same encoders and settings")
  void again() {
    for (Settings settings : suite.allSettings()) {
      assertThat(suite.method().plan(suite.shapes(), settings))
          .isEqualTo(suite.method().plan(suite.shapes(), settings));
    }
  }

  @Test
  @DisplayName("belongs to a method with a name that options and files can have")
  void names() {
    assertThat(suite.method().name()).matches("[a-z][a-z0-9-]*");
    assertThat(suite.method().description()).isNotBlank().doesNotContain("\n");
  }
}
