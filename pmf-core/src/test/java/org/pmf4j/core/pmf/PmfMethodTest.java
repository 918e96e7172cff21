package org.pmf4j.core.pmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.setting.Settings;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.training.ParameterStore;

@DisplayName("The method pmf")
class PmfMethodTest {
  private static TinyEncoders tiny;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  private static Named<Encoder> encoders() {
    return tiny.encoders().map(LoadedEncoder::encoder);
  }

  private static long trained(Map<String, Object> changes, int outputs) {
    PmfMethod method = new PmfMethod();
    try (ParameterStore store = new ParameterStore(tiny.backend(), 0)) {
      Settings settings = PlannedMethod.settings(method, changes);
      method.plan(encoders().map(EncoderShape::of), settings);
      method.build(encoders(), outputs, settings, store);
      return store.all().stream().mapToLong(p -> p.shape().size()).sum();
    }
  }

  @ParameterizedTest(name = "F = {0}, n = {1}, h = {2}, {3} classes")
  @DisplayName("trains as many weights as the paper's formula says")
  @CsvSource({"1, 4, 0, 2", "2, 4, 0, 13", "3, 2, 10, 5", "2, 16, 64, 101"})
  void parameterCount(int f, int n, int width, int classes) {
    long dx = encoders().get("image").width();
    long dy = encoders().get("text").width();
    long h = width == 0 ? Math.max(dx, dy) / 2 : width;
    // Per layer: QP and QCP of both directions, FCP of both, and both mappings.
    long prompts = 2L * n * (dx + dy) + n * (dx + dy);
    long mappings = (dx * h + h + h * dy + dy) + (dy * h + h + h * dx + dx);
    long heads = classes * (dx + dy) + 2L * classes;
    assertThat(
            trained(
                Map.of(
                    "fusion-layers", f,
                    "query-prompts", n,
                    "query-context-prompts", n,
                    "fusion-context-prompts", n,
                    "mapping-width", width),
                classes))
        .isEqualTo(f * (prompts + mappings) + heads);
  }

  @Test
  @DisplayName("refuses more fusion layers than the shallower encoder has")
  void tooManyFusionLayers() {
    assertThatThrownBy(() -> trained(Map.of("fusion-layers", 99), 2))
        .isInstanceOf(PmfException.class)
        .hasMessageMatching("fusion-layers is 99 but the \\w+ encoder has \\d+ layers; choose .*");
  }

  @Test
  @DisplayName("refuses a single encoder")
  void oneEncoder() {
    PmfMethod method = new PmfMethod();
    Named<Encoder> one = Named.of("text", encoders().get("text"));
    assertThatThrownBy(
            () -> method.plan(one.map(EncoderShape::of), PlannedMethod.settings(method, Map.of())))
        .hasMessageContaining("two modalities or more");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @DisplayName("refuses settings out of range, by name")
  @CsvSource({
    "fusion-layers, 0",
    "query-prompts, 0",
    "mapping-width, -1",
    "head, both",
    "mapping-activation, sine",
    "prompt-deviation, -1",
    "fusion-layers, two",
    "prompts, 4"
  })
  void badSettings(String key, String value) {
    assertThatThrownBy(() -> trained(Map.of(key, value), 2)).isInstanceOf(PmfException.class);
  }
}
