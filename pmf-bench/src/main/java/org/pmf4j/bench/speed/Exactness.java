package org.pmf4j.bench.speed;

import java.util.LinkedHashMap;
import java.util.Map;

/** How far two forms of one function are apart. */
final class Exactness {
  private Exactness() {}

  /**
   * The largest differences, each relative to the largest element of its tensor.
   *
   * @param found logits and gradients by name
   * @param expected the same of the other form
   * @return {@code logits} and, where both have them, {@code gradients}
   */
  static Map<String, Double> of(Map<String, float[]> found, Map<String, float[]> expected) {
    Map<String, Double> worst = new LinkedHashMap<>();
    expected.forEach(
        (name, e) -> {
          String what = name.equals("logits") ? "logits" : "gradients";
          if (found.containsKey(name)) {
            worst.merge(what, relative(found.get(name), e), Math::max);
          }
        });
    return worst;
  }

  private static double relative(float[] found, float[] expected) {
    double size = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      size = Math.max(size, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    }
    return size == 0 ? difference : difference / size;
  }
}
