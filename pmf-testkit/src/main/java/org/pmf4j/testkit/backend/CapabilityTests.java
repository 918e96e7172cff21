package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendInfo;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.NdArray;
import org.pmf4j.testkit.Programs;

/** What a backend says of itself, and that it refuses what it does not declare. */
abstract class CapabilityTests extends BackendTests {
  private static final NdArray TWO = NdArray.of(new double[] {1, 2}, 2);
  private final BackendConformance subject;

  CapabilityTests(BackendConformance subject) {
    super(subject);
    this.subject = subject;
  }

  @Test
  void theFactoryHasANameAndADescription() {
    assertThat(subject.factory().name()).matches("[a-z0-9-]+");
    assertThat(subject.factory().description()).isNotBlank().doesNotContain("\n");
  }

  @Test
  void theBackendSaysWhatItIs() {
    BackendInfo info = backend().info();
    assertThat(info.name()).isEqualTo(subject.factory().name());
    assertThat(info.engine()).isNotBlank();
    assertThat(info.device()).matches("[a-z]+(:\\d+)?");
    assertThat(info.threads()).isPositive();
  }

  /** An engine whose threads belong to the whole process may refuse, but not do otherwise. */
  @Test
  void theNumberOfThreadsIsTheOneAskedForOrRefusedInOneLine() {
    for (int threads : new int[] {subject.options().threads(), 1, 2, 3}) {
      BackendOptions options = new BackendOptions(subject.options().device(), threads);
      try (Backend backend = subject.factory().open(options)) {
        assertThat(backend.info().threads()).isEqualTo(threads);
      } catch (PmfException e) {
        assertThat(threads).isNotEqualTo(subject.options().threads());
        assertThat(e).hasMessageContaining(threads + "").hasMessageContaining("threads");
        assertThat(e).hasMessageNotContaining("\n");
      }
    }
  }

  @Test
  void anUnknownDeviceIsRefusedInOneLine() {
    assertThatThrownBy(() -> subject.factory().open(new BackendOptions("abacus", 0)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("abacus")
        .hasMessageContaining("cpu")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aDeviceThatIsNotThereIsRefusedInOneLine() {
    assertThatThrownBy(() -> subject.factory().open(new BackendOptions("cuda:97", 0)))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("cuda:97")
        .hasMessageNotContaining("\n");
  }

  @Test
  void trainingIsRefusedWhereItIsNotDeclared() {
    assumeThat(can(Capability.TRAINING)).isFalse();
    assertThatThrownBy(() -> backend().training("t", (in, tape) -> in))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TRAINING");
  }

  @Test
  void doublesAreRefusedWhereTheyAreNotDeclared() {
    assumeThat(can(Capability.FLOAT64)).isFalse();
    refusesType(DType.FLOAT64);
  }

  @Test
  void bfloat16IsRefusedWhereItIsNotDeclared() {
    assumeThat(can(Capability.BFLOAT16)).isFalse();
    refusesType(DType.BFLOAT16);
  }

  @Test
  void doublesAreExactWhereTheyAreDeclared() {
    assumeCan(Capability.FLOAT64);
    HostTensor data = HostTensor.of(new double[] {0.1, -1e300, Double.MIN_VALUE}, 3);
    assertThat(Programs.evaluate(backend(), Named.of("x", data), in -> in).get("x").doubles())
        .containsExactly(0.1, -1e300, Double.MIN_VALUE);
  }

  @Test
  void aProgramMayBeMadeForEachRunWhereItIsEager() {
    assumeCan(Capability.EAGER);
    try (Tensor one = backend().tensor(HostTensor.of(new float[] {1}, 1))) {
      for (int i = 0; i < 1000; i++) {
        int summand = i;
        try (Program once = backend().inference("once", in -> in.map(t -> t.add(summand)));
            Tensor sum = once.run(Named.of("x", one)).get("x")) {
          assertThat(backend().read(sum).floats()).containsExactly(1 + summand);
        }
      }
    }
  }

  private void refusesType(DType type) {
    assertThatThrownBy(() -> backend().tensor(TWO.toHost(type)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.name());
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend(),
                    Named.of("x", TWO.toHost(DType.FLOAT32)),
                    in -> in.map(t -> t.cast(type))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(type.name());
  }
}
