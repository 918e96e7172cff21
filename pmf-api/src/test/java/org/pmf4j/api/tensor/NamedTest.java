package org.pmf4j.api.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class NamedTest {
  private static final Named<Integer> THREE = Named.of("b.x", 1).with("a", 2).with("b.y", 3);

  @Test
  void namesKeepTheirOrder() {
    assertThat(THREE.names()).containsExactly("b.x", "a", "b.y");
    assertThat(THREE.map(i -> "v" + i).asMap().values()).containsExactly("v1", "v2", "v3");
  }

  @Test
  void aMissingNameIsRefusedWithWhatThereIs() {
    assertThatThrownBy(() -> THREE.get("c"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("no 'c' among [b.x, a, b.y]");
    assertThat(THREE.has("c")).isFalse();
    assertThat(THREE.has("a")).isTrue();
  }

  @Test
  void addingLeavesTheOldOneAlone() {
    Named<Integer> more = THREE.with("a", 20).with(Named.of("b.x", 10));
    assertThat(more.get("a")).isEqualTo(20);
    assertThat(more.get("b.x")).isEqualTo(10);
    assertThat(THREE.get("a")).isEqualTo(2);
    assertThat(more.names()).containsExactly("b.x", "a", "b.y");
  }

  @Test
  void prefixesAreTakenOffAndPutOn() {
    assertThat(THREE.under("b.").asMap()).containsExactly(Map.entry("x", 1), Map.entry("y", 3));
    assertThat(THREE.under("b.").prefixed("c.").names()).containsExactly("c.x", "c.y");
    assertThat(Named.<Integer>none().under("b.")).isEqualTo(Named.none());
  }

  @Test
  void itDoesNotChangeWithTheMapItWasMadeOf() {
    Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
    Named<Integer> named = Named.of(map);
    map.put("a", 2);
    assertThat(named.get("a")).isEqualTo(1);
    assertThatThrownBy(() -> named.asMap().put("b", 1))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
