package org.pmf4j.methods;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;

@DisplayName(
    "A fusion method computes what its plainest form over whole layers computes in PyTorch")
class MethodParityTest {
  /** The reference itself moves by 4e-5 between single and double precision. */
  private static final double LOGITS = 1e-4;

  private static final double GRADIENTS = 1e-3;

  /**
   * Below this a gradient is compared absolutely: that of a key's bias, for one, is zero but for
   * rounding, as softmax does not see it.
   */
  private static final double SMALL = 1e-3;

  private static BothBackends backends;

  @BeforeAll
  static void open() {
    backends = BothBackends.open();
  }

  @AfterAll
  static void close() {
    backends.close();
  }

  static Stream<Arguments> cases() {
    return BothBackends.NAMES.stream()
        .flatMap(backend -> BenchFiles.cases().stream().map(name -> Arguments.of(name, backend)));
  }

  @ParameterizedTest(name = "logits, loss and every gradient of {0} on {1}")
  @MethodSource("cases")
  void logitsLossAndEveryGradientAgree(String name, String backend) {
    MethodCase parity = MethodCase.of(name, backends.plugins(), backends.get(backend));
    Map<String, HostTensor> found = parity.compute();
    Map<String, HostTensor> expected = parity.expected();
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (tensor, e) -> {
          boolean gradient = tensor.startsWith("grad.");
          assertThat(found.get(tensor).shape()).as("shape of %s", tensor).isEqualTo(e.shape());
          assertThat(largest(found.get(tensor).floats(), e.floats()) / (gradient ? size(e) : 1))
              .as("largest difference in %s", tensor)
              .isLessThanOrEqualTo(gradient ? GRADIENTS : LOGITS);
        });
  }

  private static double size(HostTensor t) {
    double size = SMALL;
    for (float v : t.floats()) {
      size = Math.max(size, Math.abs(v));
    }
    return size;
  }

  private static double largest(float[] found, float[] expected) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isFinite();
      largest = Math.max(largest, Math.abs((double) found[i] - expected[i]));
    }
    return largest;
  }
}
