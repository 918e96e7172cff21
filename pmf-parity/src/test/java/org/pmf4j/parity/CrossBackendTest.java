package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.training.TrainSettings;

@DisplayName("Backends are interchangeable")
class CrossBackendTest {
  /**
   * Absolute, on logits of size 1: single precision, summed in another order, moves them by 1e-6.
   */
  private static final double LOGITS = 1e-4;

  /** Relative to a tensor's largest element; 1e-5 was measured. */
  private static final double GRADIENTS = 1e-3;

  /** Relative to the largest loss: AdamW makes small differences larger from step to step. */
  private static final double LOSSES = 1e-3;

  private static AllBackends backends;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    backends = AllBackends.open();
  }

  @AfterAll
  static void close() {
    backends.close();
  }

  @ParameterizedTest(
      name = "they give the same logits, loss and, where they train, gradients of {0}")
  @MethodSource("org.pmf4j.parity.ParityCase#names")
  void logitsAndGradientsAgree(String name) {
    List<String> names = AllBackends.names().toList();
    assertThat(names).hasSizeGreaterThan(1);
    Map<String, HostTensor> one = compute(name, names.get(0));
    names.subList(1, names.size()).forEach(other -> agree(one, compute(name, other)));
  }

  @ParameterizedTest(name = "their losses over 50 training steps agree {0}")
  @MethodSource("org.pmf4j.parity.TrainingCurve#caches")
  void lossCurvesAgree(String cache) throws IOException {
    TrainSettings settings = TrainingCurve.SETTINGS.with("epochs", 13).with("shuffle", true);
    List<String> names = AllBackends.trainers().toList();
    HostTensor first = losses(names.get(0), cache, settings);
    assertThat(first.shape().size()).isGreaterThanOrEqualTo(50);
    for (String other : names.subList(1, names.size())) {
      Differences.assertCloseRelative(
          "losses on " + other, losses(other, cache, settings).floats(), first, LOSSES);
    }
  }

  private HostTensor losses(String backend, String cache, TrainSettings settings)
      throws IOException {
    TrainingCurve curve = TrainingCurve.of(backend, cache, settings, folder.resolve(backend));
    float[] losses = curve.column("loss");
    return HostTensor.of(losses, losses.length);
  }

  private static Map<String, HostTensor> compute(String name, String backend) {
    return ParityCase.of(name, backends.plugins(), backends.get(backend)).compute();
  }

  private static void agree(Map<String, HostTensor> one, Map<String, HostTensor> other) {
    assertThat(one.keySet()).containsAll(other.keySet());
    other.keySet().forEach(name -> agree(name, one.get(name), other.get(name)));
  }

  private static void agree(String name, HostTensor one, HostTensor other) {
    if (name.startsWith("grad.")) {
      Differences.assertCloseRelative(name, other.floats(), one, GRADIENTS);
    } else {
      Differences.assertClose(name, other, one, LOGITS);
    }
  }
}
