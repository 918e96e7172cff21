package org.pmf4j.export.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.parts.EncoderLayers;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.encoder.EncoderLoader;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.transformer.StandardTransformerLayers;
import org.pmf4j.export.engine.GraphSession;
import org.pmf4j.onnx.Opset;
import org.pmf4j.onnx.TracingBackend;

/** The fixtures are those by which encoders are held against transformers. */
@DisplayName("A graph of an encoder computes what the encoder computes")
class EncoderGraphTest {
  /** Sums are taken in another order; 7e-5 was measured, where states are of size 20. */
  private static final double ABSOLUTE = 1e-4;

  /** Of a tensor's largest element, as where encoders are held against transformers. */
  private static final double OF_LARGEST = 1e-5;

  private static final Path REPORT = Path.of("target", "encoder-graphs.txt");
  private static final Map<String, String> LINES = new TreeMap<>();

  private static Pmf pmf;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    pmf = Pmf.open("djl", BackendOptions.DEFAULT);
  }

  @AfterAll
  static void close() throws IOException {
    pmf.close();
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, LINES.entrySet().stream().map(e -> e.getKey() + e.getValue()).toList());
  }

  static Stream<String> encoders() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(root())) {
      return all.map(p -> p.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static Path root() {
    try {
      return Path.of(EncoderGraphTest.class.getResource("/parity/encoders").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("encoders")
  void agrees(String name) {
    Path encoder = root().resolve(name);
    Named<HostTensor> inputs = tensors(encoder.resolve("inputs.safetensors"));
    Map<String, String> settings = half(encoder, inputs);
    ModalityInputs in = ModalityInputs.of("m", seen(inputs));
    Path file = folder.resolve("model.onnx");
    OpenTrace traced;
    try (TracingBackend tracing = TracingBackend.open(Opset.DEFAULT);
        LoadedEncoder loaded = load(tracing.backend(), encoder, settings)) {
      traced =
          OpenTrace.of(
              tracing,
              name,
              List.of(in),
              Map.of("m", in.lengthOf(inputs)),
              batch -> outputs(loaded.encoder(), batch));
      traced.model().write(file);
    }
    double largest = 0;
    double allowed = ABSOLUTE;
    try (GraphSession graph = GraphSession.open(file);
        LoadedEncoder loaded = load(pmf.backend(), encoder, settings);
        Program program =
            pmf.backend().inference("encoder", batch -> outputs(loaded.encoder(), batch))) {
      for (Named<HostTensor> batch : batches(inputs, traced)) {
        Named<HostTensor> given = traced.inputs().get("m").fill(batch);
        Named<HostTensor> found = graph.run(given);
        Named<HostTensor> expected = run(program, given);
        largest = Math.max(largest, largest(expected, found, given));
        allowed = Math.max(allowed, OF_LARGEST * size(expected.get("states")));
      }
    }
    boolean length = in.hasLength();
    String open = !length ? "no length" : traced.inputs().get("m").length() < 0 ? "open" : "fixed";
    LINES.put(
        name,
        String.format(
            Locale.ROOT,
            "%" + (40 - name.length()) + "s %-9s %.1e",
            traced.batchIsOpen() ? "batch" : "one",
            open,
            largest));
    assertThat(largest).isLessThan(allowed);
  }

  private static LoadedEncoder load(Backend on, Path encoder, Map<String, String> settings) {
    return new EncoderLoader(on, pmf.plugins(), new StandardTransformerLayers())
        .loadWithoutPreprocessing(encoder, settings, MatrixPrecision.FLOAT32);
  }

  private static Named<Tensor> outputs(Encoder encoder, Named<Tensor> batch) {
    Tokens tokens = encoder.embed(batch.under("m."));
    Tokens last = EncoderLayers.states(encoder, tokens);
    return Named.of("states", last.states())
        .with("pooled", EncoderLayers.pooledFrom(encoder, tokens, 0));
  }

  private static Named<HostTensor> run(Program program, Named<HostTensor> given) {
    Named<Tensor> in = given.map(pmf.backend()::tensor);
    Named<Tensor> out = program.run(in);
    Named<HostTensor> read = out.map(pmf.backend()::read);
    out.asMap().values().forEach(Tensor::close);
    in.asMap().values().forEach(Tensor::close);
    return read;
  }

  /** What tells which dimension is the length, where no mask does. */
  private static List<Named<HostTensor>> seen(Named<HostTensor> inputs) {
    return isSampledSound(inputs)
        ? List.of(inputs, inputs.map(t -> first(t, 1, t.shape().dim(1) - 1)))
        : List.of(inputs);
  }

  private static boolean isSampledSound(Named<HostTensor> inputs) {
    return inputs.has("input_values") && inputs.get("input_values").shape().rank() == 2;
  }

  /** All samples, one alone, and where the length is open all of them shorter. */
  private static List<Named<HostTensor>> batches(Named<HostTensor> inputs, OpenTrace traced) {
    List<Named<HostTensor>> all = new ArrayList<>();
    if (traced.batchIsOpen()) {
      all.add(inputs);
    }
    all.add(inputs.map(t -> first(t, 0, 1)));
    ModalityInputs in = traced.inputs().get("m");
    long length = in.lengthOf(inputs);
    if (in.hasLength() && in.length() < 0 && length > 1) {
      for (long shorter : shorter(inputs, length)) {
        Map<String, HostTensor> some = new LinkedHashMap<>();
        in.inputs()
            .forEach(i -> some.put(i.name(), first(inputs.get(i.name()), i.lengthAxis(), shorter)));
        all.add(Named.of(some));
      }
    }
    return all;
  }

  /** Down to one token, or to half a sound. */
  private static long[] shorter(Named<HostTensor> inputs, long length) {
    return isSampledSound(inputs)
        ? new long[] {length - 1, (length + 1) / 2}
        : new long[] {length - 1, (length + 1) / 2, 1};
  }

  private static HostTensor first(HostTensor t, int axis, long count) {
    long[] dims = t.shape().dims();
    long inner = 1;
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    int from = (int) (dims[axis] * inner);
    int to = (int) (count * inner);
    int rows = (int) (t.shape().size() / from);
    dims[axis] = count;
    float[] floats = new float[rows * to];
    long[] longs = new long[rows * to];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < to; i++) {
        switch (t.dtype()) {
          case INT64 -> longs[r * to + i] = t.longs()[r * from + i];
          default -> floats[r * to + i] = t.floats()[r * from + i];
        }
      }
    }
    return switch (t.dtype()) {
      case INT64 -> HostTensor.of(longs, dims);
      default -> HostTensor.of(floats, dims);
    };
  }

  /** States at padding may be anything, and so are left out. */
  private static double largest(
      Named<HostTensor> expected, Named<HostTensor> found, Named<HostTensor> given) {
    double largest = 0;
    for (String name : expected.names()) {
      HostTensor e = expected.get(name);
      assertThat(found.get(name).shape()).as(name).isEqualTo(e.shape());
      float[] a = e.floats();
      float[] b = found.get(name).floats();
      for (int i = 0; i < a.length; i++) {
        assertThat(b[i]).as(name).isFinite();
        if (real(name, i, e, given)) {
          largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
        }
      }
    }
    return largest;
  }

  private static double size(HostTensor t) {
    double size = 0;
    for (float v : t.floats()) {
      size = Math.max(size, Math.abs(v));
    }
    return size;
  }

  private static boolean real(String name, int i, HostTensor states, Named<HostTensor> given) {
    if (!name.equals("states") || !given.has("m.attention_mask")) {
      return true;
    }
    HostTensor mask = given.get("m.attention_mask");
    if (mask.shape().dim(1) != states.shape().dim(1)) {
      return true;
    }
    return mask.longs()[i / (int) states.shape().dim(2)] == 1;
  }

  private static Named<HostTensor> tensors(Path file) {
    Map<String, HostTensor> all = new LinkedHashMap<>();
    try (SafetensorsFile f = SafetensorsFile.open(file)) {
      f.names().forEach(name -> all.put(name, f.tensor(name)));
    }
    return Named.of(all);
  }

  private static Map<String, String> half(Path encoder, Named<HostTensor> inputs) {
    try {
      String config = Files.readString(encoder.resolve("config.json"));
      boolean whole =
          Set.of("clip", "siglip").stream()
              .anyMatch(t -> config.contains("\"model_type\": \"" + t + "\""));
      return whole ? Map.of("modality", inputs.has("input_ids") ? "text" : "image") : Map.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
