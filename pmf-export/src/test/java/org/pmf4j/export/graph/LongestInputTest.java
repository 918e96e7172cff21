package org.pmf4j.export.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.pmf4j.export.engine.GraphSession;
import org.pmf4j.onnx.Opset;
import org.pmf4j.onnx.TracingBackend;
import org.pmf4j.testkit.NdArray;

@DisplayName("A graph fails where it is given more than its encoder has positions for")
class LongestInputTest {
  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    pmf.close();
  }

  @ParameterizedTest(name = "{0}, {1} tokens")
  @CsvSource({
    "bert-gelu, 20",
    "roberta, 18",
    "distilbert, 20",
    "mpnet, 18",
    "deberta-v3, 64",
    "deberta-v2-c2p, 64",
    "deberta-v2-p2c, 64",
    "clip-text, 20",
    "gpt2, 40",
    "llama, 64",
    "modernbert, 64",
    "mistral, 64",
  })
  void ofTokens(String name, int longest) {
    try (GraphSession graph = graph(name, DType.INT64, "input_ids")) {
      assertThat(graph.run(tokens(longest)).get("pooled").floats()).doesNotContain(Float.NaN);
      refuses(graph, tokens(longest + 1));
      refuses(graph, tokens(2 * longest - 1));
      refuses(graph, tokens(3 * longest));
    }
  }

  private static Named<HostTensor> tokens(int count) {
    long[] ids = new long[count];
    Arrays.fill(ids, 3);
    return Named.of("m.input_ids", HostTensor.of(ids, 1, count));
  }

  /** Of 25 samples and more, a frame each 20. */
  @ParameterizedTest(name = "{0}, {1} frames")
  @CsvSource({"conformer, 40", "conformer-rotary, 40"})
  void ofFrames(String name, int longest) {
    try (GraphSession graph = graph(name, DType.FLOAT32, "input_values")) {
      assertThat(graph.run(frames(longest)).get("pooled").floats()).doesNotContain(Float.NaN);
      refuses(graph, frames(longest + 1));
      refuses(graph, frames(2 * longest - 1));
      refuses(graph, frames(3 * longest));
    }
  }

  private static Named<HostTensor> frames(int count) {
    int samples = 30 + 20 * (count - 1);
    return Named.of("m.input_values", NdArray.normal(7, 1, samples).toHost(DType.FLOAT32));
  }

  private static void refuses(GraphSession graph, Named<HostTensor> inputs) {
    assertThatThrownBy(() -> graph.run(inputs))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("ONNX Runtime does not run it");
  }

  private GraphSession graph(String name, DType dtype, String input) {
    ModalityInputs.Input only = new ModalityInputs.Input(input, dtype, Shape.of(2, 2), 1);
    ModalityInputs in = new ModalityInputs("m", List.of(only), Shape.UNKNOWN);
    Path file = folder.resolve("model.onnx");
    try (TracingBackend tracing = TracingBackend.open(Opset.DEFAULT);
        LoadedEncoder loaded =
            new EncoderLoader(tracing.backend(), pmf.plugins(), new StandardTransformerLayers())
                .loadWithoutPreprocessing(
                    root().resolve(name), Map.of(), MatrixPrecision.FLOAT32)) {
      OpenTrace traced =
          OpenTrace.of(
              tracing, name, List.of(in), Map.of("m", 2L), b -> pooled(loaded.encoder(), b));
      assertThat(traced.inputs().get("m").length()).isEqualTo(Shape.UNKNOWN);
      traced.model().write(file);
    }
    return GraphSession.open(file);
  }

  private static Named<Tensor> pooled(Encoder encoder, Named<Tensor> batch) {
    Tokens tokens = encoder.embed(batch.under("m."));
    return Named.of("pooled", EncoderLayers.pooledFrom(encoder, tokens, 0));
  }

  private static Path root() {
    try {
      return Path.of(LongestInputTest.class.getResource("/parity/encoders").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
