package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.ProcessorFlags;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** What is particular to PyTorch. */
class DjlBackendTest {
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = new DjlBackendFactory().open(new BackendOptions("cpu", 0));
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @Test
  void thePluginIsFoundAndOffersOneBackend() {
    assertThat(
            ServiceLoader.load(PmfPlugin.class, getClass().getClassLoader()).stream()
                .map(ServiceLoader.Provider::get))
        .filteredOn(plugin -> plugin.name().equals("djl"))
        .singleElement()
        .satisfies(
            plugin ->
                assertThat(plugin.backends())
                    .extracting(BackendFactory::name)
                    .containsExactly("djl"));
  }

  @Test
  void engineAndCapabilitiesAreDeclared() {
    assertThat(backend.info().engine()).isEqualTo("PyTorch 2.7.1 (DJL 0.35.1)");
    assertThat(backend.info().device()).isEqualTo("cpu");
    assertThat(backend.info().capabilities())
        .filteredOn(c -> c != Capability.FAST_BFLOAT16)
        .containsExactlyInAnyOrder(Capability.TRAINING, Capability.FLOAT64, Capability.BFLOAT16);
    assertThat(backend.info().can(Capability.FAST_BFLOAT16))
        .isEqualTo(ProcessorFlags.multipliesBfloat16());
  }

  @Test
  void nothingIsDownloaded() {
    assertThat(ai.djl.util.Utils.isOfflineMode()).isTrue();
    assertThat(System.getProperty("OPT_OUT_TRACKING")).isEqualTo("true");
  }

  @Test
  void aMissingCudaDeviceIsToldWithWhatItNeeds() {
    assertThatThrownBy(() -> new DjlBackendFactory().open(new BackendOptions("cuda:31", 0)))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENVIRONMENT))
        .hasMessageContaining("pytorch-native-cu128:2.7.1");
  }

  @Test
  void aFailureInsidePyTorchIsToldInOneLineWithTheProgramsName() {
    Named<HostTensor> in =
        Named.of("table", HostTensor.of(new float[] {1, 2}, 2, 1))
            .with("indices", HostTensor.of(new long[] {5}, 1));
    assertThatThrownBy(
            () ->
                Programs.evaluate(
                    backend,
                    in,
                    t -> Named.of("y", Neural.gather(t.get("table"), t.get("indices")))))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.COMPUTATION))
        .hasMessageContaining("program 'evaluate'")
        .hasMessageContaining("index out of range")
        .hasMessageNotContaining("\n");
  }

  /** The sum would take a pebibyte, more than a process can address. */
  @Test
  void memoryThatIsNotThereIsToldInOneLine() {
    try (Tensor x = backend.tensor(HostTensor.zeros(Shape.of(1 << 24, 1)))) {
      assertThatThrownBy(
              () ->
                  Programs.evaluate(
                      backend,
                      Named.none(),
                      in -> Named.of("y", x.add(x.reshape(1, -1).filled(0, DType.FLOAT32)))))
          .isInstanceOfSatisfying(
              PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENVIRONMENT))
          .hasMessageContaining("smaller batch")
          .hasMessageNotContaining("\n");
    }
  }
}
