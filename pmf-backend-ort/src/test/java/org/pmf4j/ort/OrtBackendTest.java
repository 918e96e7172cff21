package org.pmf4j.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendFactory;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Capability;
import org.pmf4j.api.backend.Program;
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

/** What is particular to ONNX Runtime. */
class OrtBackendTest {
  private static Backend backend;
  private Tensor weight;

  @BeforeAll
  static void open() {
    backend = new OrtBackendFactory().open(new BackendOptions("cpu", 0));
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
        .filteredOn(plugin -> plugin.name().equals("ort"))
        .singleElement()
        .satisfies(
            plugin ->
                assertThat(plugin.backends())
                    .extracting(BackendFactory::name)
                    .containsExactly("ort"));
  }

  @Test
  void engineAndCapabilitiesAreDeclared() {
    assertThat(backend.info().engine()).isEqualTo("ONNX Runtime 1.28.0");
    assertThat(backend.info().device()).isEqualTo("cpu");
    assertThat(backend.info().capabilities()).containsExactly(Capability.INT8);
  }

  @Test
  void aCudaDeviceIsRefusedWithTheBackendThatHasOne() {
    assertThatThrownBy(() -> new OrtBackendFactory().open(new BackendOptions("cuda:31", 0)))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENVIRONMENT))
        .hasMessageContaining("djl");
  }

  @Test
  void anotherNumberOfThreadsThanTheProcessHasIsRefused() {
    int threads = backend.info().threads();
    assertThatThrownBy(() -> new OrtBackendFactory().open(new BackendOptions("cpu", threads + 1)))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.ENVIRONMENT))
        .hasMessageContaining(threads + " threads")
        .hasMessageContaining("cannot change to " + (threads + 1));
  }

  @Test
  void aFailureInsideTheRuntimeIsToldInOneLineWithTheProgramsName() {
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
        .hasMessageContaining("outside the rows of the table")
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

  @Test
  void trainingIsRefusedInOneLine() {
    assertThatThrownBy(() -> backend.training("t", (in, tape) -> in))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TRAINING")
        .hasMessageNotContaining("\n");
  }

  /** The graph of an open batch has its matrices as constants, that of another rank is fed. */
  @Test
  void aWeightThatIsClosedIsRefusedByGraphsThatHaveItAlready() {
    try (Program program =
        backend.inference(
            "linear", in -> Named.of("y", Neural.linear(in.get("x"), weight, null)))) {
      weight = backend.tensor(HostTensor.of(new float[] {1, 2, 3, 4}, 2, 2));
      HostTensor x = HostTensor.of(new float[] {1, 1, 1, 1}, 2, 2);
      assertThat(Programs.run(backend, program, Named.of("x", x)).get("y").floats())
          .containsExactly(3, 7, 3, 7);
      weight.close();
      assertThatThrownBy(() -> Programs.run(backend, program, Named.of("x", x)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  /** The versions that do so name what forbids it. */
  @Test
  void theLibraryTellsNobodyOfItsUse() throws IOException {
    String library = "ai/onnxruntime/native/linux-x64/libonnxruntime.so";
    try (InputStream bytes = getClass().getClassLoader().getResourceAsStream(library)) {
      assumeThat(bytes).as("the library of this system").isNotNull();
      String text = new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(text.contains("TELEMETRY_DISABLED") || text.contains("DISABLE_TELEMETRY"))
          .isFalse();
    }
  }

  @Test
  void theLibraryOutlivesItsShutdownHook() {
    assertThat(EndlessEnvironment.keep())
        .as("the classes of this version of ONNX Runtime let us keep its environment")
        .isTrue();
  }
}
