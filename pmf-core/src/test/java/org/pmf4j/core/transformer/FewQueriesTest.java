package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * When attention is computed without keys and values. That it gives the same is seen where whole
 * layers are compared with queries over memory: {@code WholeLayersTest}, {@code EncoderTests}.
 */
@DisplayName("Queries do without keys and values")
class FewQueriesTest {
  private static final Heads BASE = new Heads(12, 12, 64);

  @Test
  @DisplayName("where they are fewer than half a head is wide")
  void few() {
    assertThat(AbsorbedAttention.pays(BASE, 1)).isTrue();
    assertThat(AbsorbedAttention.pays(BASE, 32)).isTrue();
    assertThat(AbsorbedAttention.pays(BASE, 33)).isFalse();
  }

  @Test
  @DisplayName("and fewer still where keys and values are shared, and so cost less")
  void shared() {
    Heads grouped = new Heads(12, 3, 64);
    assertThat(AbsorbedAttention.pays(grouped, 8)).isTrue();
    assertThat(AbsorbedAttention.pays(grouped, 9)).isFalse();
  }

  @Test
  @DisplayName("but not where nobody knows how many they are")
  void unknown() {
    assertThat(AbsorbedAttention.pays(BASE, -1)).isFalse();
  }
}
