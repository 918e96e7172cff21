package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.tensor.HostTensor;

@DisplayName("PMF as queries over memory computes what whole layers with dropped rows compute")
class PmfParityTest {
  /**
   * Relative to a tensor's largest element. The reference itself moves by 1e-6 between single and
   * double precision; a row or prompt in the wrong place moves logits by far more than 1e-4.
   */
  private static final double TOLERANCE = 1e-4;

  private static AllBackends backends;

  @BeforeAll
  static void open() {
    backends = AllBackends.open();
  }

  @AfterAll
  static void close() {
    backends.close();
  }

  static Stream<Arguments> cases() {
    return AllBackends.names()
        .flatMap(backend -> ParityCase.names().map(name -> Arguments.of(name, backend)));
  }

  @ParameterizedTest(name = "logits, loss and, where it trains, every gradient of {0} on {1}")
  @MethodSource("cases")
  void logitsLossAndEveryGradientAgree(String name, String backend) {
    ParityCase parity = ParityCase.of(name, backends.plugins(), backends.get(backend));
    Map<String, HostTensor> found = parity.compute();
    Map<String, HostTensor> expected = new LinkedHashMap<>(parity.expected());
    assertThat(expected).hasSize(parity.adapter().size() + 2);
    if (!backends.get(backend).info().can(Capability.TRAINING)) {
      expected.keySet().removeIf(tensor -> tensor.startsWith("grad."));
    }
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (tensor, e) ->
            Differences.assertCloseRelative(tensor, found.get(tensor).floats(), e, TOLERANCE));
  }
}
