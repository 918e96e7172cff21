package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.transformer.StandardTransformerLayers;

@DisplayName("Backends of graphs have one for all lengths of a text or a sound")
class GraphsPerLengthTest {
  /** As where one length is held against transformers. */
  private static final double NEAR = 1e-4;

  private static Pmf eager;

  @BeforeAll
  static void open() {
    eager = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    eager.close();
  }

  static Stream<Arguments> encoders() {
    return Stream.of("tf", "ort")
        .flatMap(
            backend ->
                Stream.of("deberta-v3", "deberta-v2-convolution", "wavlm", "conformer", "hubert")
                    .map(encoder -> Arguments.of(encoder, backend)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("encoders")
  void oneGraphServesThemAll(String name, String backend) {
    Path folder = Fixtures.root().resolve("encoders").resolve(name);
    Map<String, HostTensor> inputs = Fixtures.tensors(folder.resolve("inputs.safetensors"));
    List<String> traced = new ArrayList<>();
    try (Pmf graphs = Pmf.open(backend, BackendOptions.DEFAULT);
        LoadedEncoder loaded = load(graphs, folder);
        Program program = program(graphs, loaded.encoder(), traced);
        LoadedEncoder like = load(eager, folder);
        Program expected = program(eager, like.encoder(), new ArrayList<>())) {
      long longest = inputs.values().iterator().next().shape().dim(1);
      for (long length = longest; length > longest / 2; length -= longest / 10 + 1) {
        Differences.assertClose(
            name + " of length " + length,
            run(graphs, program, inputs, length),
            run(eager, expected, inputs, length),
            NEAR);
      }
    }
    assertThat(traced).filteredOn(shape -> shape.contains("?")).containsExactly("[?, ?]");
  }

  private static LoadedEncoder load(Pmf pmf, Path folder) {
    return new EncoderLoader(pmf.backend(), pmf.plugins(), new StandardTransformerLayers())
        .loadWithoutPreprocessing(folder, Map.of(), MatrixPrecision.FLOAT32);
  }

  private static Program program(Pmf pmf, Encoder encoder, List<String> traced) {
    return pmf.backend()
        .inference(
            "states",
            in -> {
              traced.add(in.asMap().values().iterator().next().shape().toString());
              Tokens tokens = encoder.embed(in);
              for (EncoderLayer layer : encoder.layers()) {
                tokens = layer.apply(tokens);
              }
              return Named.of("states", encoder.finalNorm(tokens.states()));
            });
  }

  private static HostTensor run(
      Pmf pmf, Program program, Map<String, HostTensor> inputs, long length) {
    Map<String, Tensor> given = new LinkedHashMap<>();
    inputs.forEach((name, t) -> given.put(name, pmf.backend().tensor(first(t, length))));
    Tensor states = program.run(Named.of(given)).get("states");
    given.values().forEach(Tensor::close);
    try (states) {
      return pmf.backend().read(states);
    }
  }

  /** All samples cut, none of which is then padding alone. */
  private static HostTensor first(HostTensor t, long length) {
    int rows = (int) t.shape().dim(0);
    int whole = (int) t.shape().dim(1);
    int some = (int) length;
    return switch (t.dtype()) {
      case FLOAT32 -> {
        float[] cut = new float[rows * some];
        for (int r = 0; r < rows; r++) {
          System.arraycopy(t.floats(), r * whole, cut, r * some, some);
        }
        yield HostTensor.of(cut, rows, some);
      }
      default -> {
        long[] cut = new long[rows * some];
        for (int r = 0; r < rows; r++) {
          System.arraycopy(t.longs(), r * whole, cut, r * some, some);
        }
        yield HostTensor.of(cut, rows, some);
      }
    };
  }
}
