package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.encoder.HeldWeights;
import org.pmf4j.core.encoder.LoadedEncoder;
import org.pmf4j.core.encoder.MatrixPrecision;
import org.pmf4j.core.model.FusedModel;
import org.pmf4j.core.model.PlannedMethod;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.training.ParameterStore;

@DisplayName("The trunk cache")
class CachedTrunksTest {
  private static final int FUSION_LAYERS = 2;
  private static TinyEncoders tiny;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  private static CachedTrunks cache(Path root) {
    return new CachedTrunks(
        tiny.backend(),
        tiny.encoders(),
        tiny.layers(FUSION_LAYERS),
        root,
        CachedTrunks.Storage.FP32,
        CachedTrunks.Content.ATTENTION);
  }

  private static void fill(Path root, List<Example> examples) {
    try (CachedTrunks cache = cache(root)) {
      cache.fill(examples, Progress.SILENT);
    }
  }

  /** All entries below a folder by their relative path. */
  private static Map<String, ByteBuffer> content(Path root) throws IOException {
    Map<String, ByteBuffer> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path p :
          all.filter(f -> Files.isRegularFile(f) && !f.endsWith(CacheUse.NAME)).toList()) {
        content.put(root.relativize(p).toString(), ByteBuffer.wrap(Files.readAllBytes(p)));
      }
    }
    return content;
  }

  @Test
  @DisplayName(
      "has folders of its own for each precision, and for each choice of layers in integers")
  void precisionsAreApart() {
    List<Path> folders = new ArrayList<>();
    for (MatrixPrecision precision : MatrixPrecision.values()) {
      folders.add(folder(precision, Set.of()));
    }
    folders.add(folder(MatrixPrecision.INT8, Set.of("a.weight")));
    folders.add(folder(MatrixPrecision.INT8, Set.of("b.weight")));
    assertThat(folders).doesNotHaveDuplicates();
    // Where nothing is in integers, it does not matter which layers would not be
    assertThat(folder(MatrixPrecision.FLOAT32, Set.of("a.weight"))).isEqualTo(folders.get(0));
  }

  private Path folder(MatrixPrecision precision, Set<String> inFloat) {
    Map<String, LoadedEncoder> encoders = new LinkedHashMap<>();
    tiny.encoders()
        .asMap()
        .forEach(
            (m, e) ->
                encoders.put(
                    m,
                    new LoadedEncoder(
                        e.spec().keepingInFloat(inFloat),
                        e.encoder(),
                        e.preprocessor(),
                        e.parameters(),
                        e.unused(),
                        precision,
                        HeldWeights.NONE)));
    try (CachedTrunks cache =
        new CachedTrunks(
            tiny.backend(),
            Named.of(encoders),
            tiny.layers(FUSION_LAYERS),
            folder,
            CachedTrunks.Storage.FP32,
            CachedTrunks.Content.STATES)) {
      return cache.folder(encoders.keySet().iterator().next());
    }
  }

  @Test
  @DisplayName("has the same bits whatever the order in which it was filled")
  void orderDoesNotMatter() throws IOException {
    List<Example> shuffled = new ArrayList<>(tiny.examples());
    Collections.shuffle(shuffled, new Random(7));
    fill(folder.resolve("a"), tiny.examples());
    fill(folder.resolve("b"), shuffled);
    assertThat(content(folder.resolve("a"))).isEqualTo(content(folder.resolve("b"))).isNotEmpty();
  }

  @Test
  @DisplayName("has the same bits when filled in parts, and by a reader that found entries missing")
  void partsDoNotMatter() throws IOException {
    List<Example> examples = tiny.examples();
    fill(folder.resolve("a"), examples);
    fill(folder.resolve("b"), examples.subList(0, 5));
    try (CachedTrunks cache = cache(folder.resolve("b"))) {
      cache.prepare(examples.subList(3, 9));
      cache.fill(examples, Progress.SILENT);
    }
    assertThat(content(folder.resolve("b"))).isEqualTo(content(folder.resolve("a")));
  }

  @Test
  @DisplayName("computes again what is truncated or damaged, to the same bits")
  void brokenEntriesAreReplaced() throws IOException {
    Path root = folder.resolve("a");
    fill(root, tiny.examples());
    Map<String, ByteBuffer> before = content(root);
    List<String> names = new ArrayList<>(before.keySet());
    byte[] half = before.get(names.get(0)).array();
    Files.write(root.resolve(names.get(0)), Arrays.copyOf(half, half.length / 2));
    byte[] damaged = before.get(names.get(1)).array().clone();
    damaged[damaged.length - 3] ^= 0x40;
    Files.write(root.resolve(names.get(1)), damaged);

    try (CachedTrunks cache = cache(root)) {
      cache.fill(tiny.examples(), Progress.SILENT);
      cache.prepare(tiny.examples());
    }

    assertThat(content(root)).isEqualTo(before);
  }

  @Test
  @DisplayName(
      "computes again what is another sample's or another encoder's entry, or an older format's")
  void movedEntriesAreReplaced() throws IOException {
    Path root = folder.resolve("a");
    fill(root, tiny.examples());
    Map<String, ByteBuffer> before = content(root);
    List<String> images = before.keySet().stream().filter(n -> n.startsWith("vit")).toList();
    List<String> texts = before.keySet().stream().filter(n -> n.startsWith("bert")).toList();
    Files.write(root.resolve(images.get(0)), before.get(images.get(1)).array());
    Files.write(root.resolve(images.get(1)), before.get(images.get(0)).array());
    Files.write(root.resolve(images.get(2)), before.get(texts.get(0)).array());
    byte[] old = before.get(texts.get(1)).array().clone();
    old[3] = '2';
    Files.write(root.resolve(texts.get(1)), old);

    try (CachedTrunks cache = cache(root)) {
      cache.fill(tiny.examples(), Progress.SILENT);
    }

    assertThat(content(root)).isEqualTo(before);
  }

  @Test
  @DisplayName("ends its filling where it is asked to, and keeps what it has")
  void stops() throws IOException {
    Path root = folder.resolve("a");
    AtomicInteger asked = new AtomicInteger();
    try (CachedTrunks cache = cache(root)) {
      Progress third = Progress.SILENT.until(() -> asked.incrementAndGet() == 3);
      assertThatThrownBy(() -> cache.fill(tiny.examples(), third))
          .isInstanceOfSatisfying(
              PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
    }
    int kept = content(root).size();
    assertThat(kept).isPositive();
    fill(root, tiny.examples());
    fill(folder.resolve("b"), tiny.examples());
    assertThat(content(root)).isEqualTo(content(folder.resolve("b"))).hasSizeGreaterThan(kept);
  }

  @Test
  @DisplayName("may be filled by two runs at once")
  void twoRunsAtOnce() throws Exception {
    Path root = folder.resolve("shared");
    List<Example> examples = tiny.examples();
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<?>> runs =
        List.of(two.submit(() -> fill(root, examples)), two.submit(() -> fill(root, examples)));
    for (Future<?> run : runs) {
      run.get();
    }
    two.shutdown();
    fill(folder.resolve("alone"), examples);
    assertThat(content(root)).isEqualTo(content(folder.resolve("alone")));
  }

  @Test
  @DisplayName("changes logits by no more than 1e-5")
  void logitsAgreeWithLiveTrunks() {
    try (FusedModel model = model();
        CachedTrunks cached = cache(folder.resolve("a"));
        ComputedTrunks live =
            new ComputedTrunks(tiny.backend(), tiny.encoders(), tiny.layers(FUSION_LAYERS))) {
      HostTensor a = model.logits(cached, tiny.examples());
      HostTensor b = model.logits(live, tiny.examples());
      assertThat(largestDifference(a, b)).isLessThanOrEqualTo(1e-5);
    }
  }

  @Test
  @DisplayName("takes half the space in half precision, and changes logits by less than 1 %")
  void halfPrecision() throws IOException {
    Path full = folder.resolve("full");
    Path half = folder.resolve("half");
    try (FusedModel model = model();
        CachedTrunks a = cache(full);
        CachedTrunks b =
            new CachedTrunks(
                tiny.backend(),
                tiny.encoders(),
                tiny.layers(FUSION_LAYERS),
                half,
                CachedTrunks.Storage.FP16,
                CachedTrunks.Content.ATTENTION)) {
      HostTensor x = model.logits(a, tiny.examples());
      HostTensor y = model.logits(b, tiny.examples());
      // Half precision has 11 bits: 5e-4 of each state, which the last layers pass on.
      assertThat(largestDifference(x, y)).isLessThan(1e-2).isGreaterThan(0);
    }
    assertThat(size(half)).isLessThan(size(full) * 6 / 10);
  }

  private static long size(Path root) throws IOException {
    return content(root).values().stream().mapToLong(ByteBuffer::remaining).sum();
  }

  /** A model with encoders of its own, because it closes them. */
  private static FusedModel model() {
    var method = tiny.plugins().fusionMethods().get("pmf");
    return new FusedModel(
        tiny.backend(),
        tiny.load(),
        PlannedMethod.of(
            method,
            PlannedMethod.settings(method, Map.of("fusion-layers", FUSION_LAYERS)),
            tiny.encoders().map(LoadedEncoder::encoder).map(EncoderShape::of)),
        3,
        new ParameterStore(tiny.backend(), 1));
  }

  private static double largestDifference(HostTensor a, HostTensor b) {
    float[] x = a.floats();
    float[] y = b.floats();
    double largest = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
    }
    return largest;
  }
}
