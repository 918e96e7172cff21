package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import org.pmf4j.api.tensor.HostTensor;

/** Comparisons of tensors, element by element. */
final class Differences {
  private Differences() {}

  /** No element differs by more than {@code tolerance}. */
  static void assertClose(String name, HostTensor found, HostTensor expected, double tolerance) {
    assertThat(found.shape()).as("shape of %s", name).isEqualTo(expected.shape());
    assertThat(largest(found.floats(), expected.floats()))
        .as("largest difference in %s", name)
        .isLessThanOrEqualTo(tolerance);
  }

  /** No element differs by more than {@code tolerance} times the largest element expected. */
  static void assertCloseRelative(
      String name, float[] found, HostTensor expected, double tolerance) {
    float[] e = expected.floats();
    double size = size(e);
    assertThat(largest(found, e) / size)
        .as("largest difference in %s over its largest element %s", name, size)
        .isLessThanOrEqualTo(tolerance);
  }

  /** The largest magnitude, of elements that are somebody's concern. */
  static double size(float[] values) {
    double size = 0;
    for (float v : values) {
      size = Float.isNaN(v) ? size : Math.max(size, Math.abs(v));
    }
    return size;
  }

  /** NaN is expected where a value is nobody's concern, at padding; a number must stand there. */
  private static double largest(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isFinite();
      double d = Math.abs((double) found[i] - expected[i]);
      largest = Float.isNaN(expected[i]) ? largest : Math.max(largest, d);
    }
    return largest;
  }
}
