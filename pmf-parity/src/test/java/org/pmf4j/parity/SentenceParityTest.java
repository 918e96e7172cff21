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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.progress.Progress;

@DisplayName("Texts have the vectors that sentence-transformers gives them")
class SentenceParityTest {
  /** Of the largest element: both sides work in single precision, in other orders of summation. */
  private static final double OF_LARGEST = 1e-5;

  private static final String POOLED = "pooled";
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

  static Stream<Arguments> models() {
    return AllBackends.names()
        .flatMap(
            backend ->
                Stream.of("sentences", "sentences-6")
                    .flatMap(all -> Fixtures.folders(all).stream())
                    .map(p -> Arguments.of(Fixtures.root().relativize(p).toString(), backend)));
  }

  private HostTensor pooled(String backend, Path model, Map<String, String> settings) {
    Path out = folder.resolve("out.safetensors");
    Path texts = model.resolveSibling("texts.csv");
    BACKENDS
        .get(backend)
        .encode()
        .table(model, settings, texts, "text", out, MatrixPrecision.FLOAT32, Progress.SILENT);
    return Fixtures.tensors(out).get(POOLED);
  }

  private static void assertClose(HostTensor found, Path model) {
    HostTensor expected = Fixtures.tensors(model.resolve("expected.safetensors")).get(POOLED);
    double largest = Math.max(1, Differences.size(expected.floats()));
    Differences.assertClose(POOLED, found, expected, OF_LARGEST * largest);
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("models")
  void vectorsAgree(String name, String backend) {
    Path model = Fixtures.root().resolve(name);
    assertClose(pooled(backend, model, Map.of()), model);
  }

  /** The settings alone make the same of the encoder, whose weights differ from case to case. */
  @ParameterizedTest(name = "pooling={1} is {0} on {2}")
  @CsvSource({
    "cls, first, checking-djl",
    "lasttoken, last, checking-djl",
    "mean, mean, checking-djl",
    "max, max, checking-djl",
    "mean-sqrt-len-tokens, mean-sqrt-len-tokens, checking-djl",
    "weightedmean, weighted-mean, checking-djl",
    "max, max, checking-tf",
    "weightedmean, weighted-mean, checking-tf",
  })
  void settingsAgree(String name, String pooling, String backend) {
    Path model = Fixtures.root().resolve("sentences").resolve(name);
    assertClose(pooled(backend, model, Map.of("pooling", pooling)), model);
    HostTensor family = pooled(backend, model, Map.of("pooling", "family"));
    HostTensor stated = pooled(backend, model, Map.of());
    assertThat(family.floats()).as("BERT's own is the first token").isNotNull();
    assertThat(java.util.Arrays.equals(family.floats(), stated.floats()))
        .isEqualTo(pooling.equals("first"));
  }
}
