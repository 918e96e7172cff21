package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;

@DisplayName("Encoders compute what Hugging Face transformers computes")
class EncoderParityTest {
  /**
   * Both sides work in single precision, in different orders of summation, which processors choose
   * too: of a tensor's largest element, of 1 to 26 here, 5e-6 was measured. A wrong activation or
   * epsilon moves states by 3e-4 and more, which stays above both.
   */
  private static final double OF_LARGEST = 1e-5;

  /** Of tensors whose elements are small because large ones were subtracted. */
  private static final double ABSOLUTE = 1e-4;

  private static final Map<String, Pmf> BACKENDS = new LinkedHashMap<>();

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    AllBackends.names().forEach(n -> BACKENDS.put(n, Pmf.open(n, BackendOptions.DEFAULT)));
  }

  @AfterAll
  static void close() {
    BACKENDS.values().forEach(Pmf::close);
    BACKENDS.clear();
  }

  static Stream<Arguments> encoders() {
    return AllBackends.names()
        .flatMap(
            backend ->
                Stream.of("encoders", "encoders-5")
                    .flatMap(folder -> Fixtures.folders(folder).stream())
                    .map(p -> Arguments.of(Fixtures.root().relativize(p).toString(), backend)));
  }

  @ParameterizedTest(name = "every hidden state of {0} on {1}")
  @MethodSource("encoders")
  void everyHiddenStateAgrees(String name, String backend) {
    Path encoder = Fixtures.root().resolve(name);
    Path out = folder.resolve("hidden.safetensors");

    BACKENDS
        .get(backend)
        .encode()
        .inputs(
            encoder,
            Fixtures.modality(encoder),
            encoder.resolve("inputs.safetensors"),
            out,
            MatrixPrecision.FLOAT32,
            Progress.SILENT);

    Map<String, HostTensor> found = Fixtures.tensors(out);
    Map<String, HostTensor> expected = Fixtures.tensors(encoder.resolve("expected.safetensors"));
    assertThat(found.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
    expected.forEach(
        (tensor, e) ->
            Differences.assertClose(
                tensor,
                found.get(tensor),
                e,
                Math.max(ABSOLUTE, OF_LARGEST * Differences.size(e.floats()))));
  }
}
