package org.pmf4j.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.testkit.checking.Violations;

/**
 * A twelfth of the pairs of these encoders, and with {@code -Dpairs=all} all of them, of the same
 * modality too: names of modalities are free in the Java API, so that each goes by its own. One
 * layer is fused in half of the pairs, and two, which is all that these have, in the other half.
 */
@DisplayName("PMF fuses every pair of encoders, alike on every backend")
class EveryPairTest {
  /** Absolute, on logits of size 1; 1e-6 was measured. */
  private static final double LOGITS = 1e-4;

  /** Relative to a tensor's largest element. */
  private static final double GRADIENTS = 1e-3;

  private static final long SEED = 20;

  /**
   * A twelfth of them is where every encoder meets two or three others; all take twelve minutes.
   */
  private static final boolean ALL = "all".equals(System.getProperty("pairs"));

  private static final Path REPORT = Path.of("target", "every-pair.txt");

  private static final Map<String, String> ENCODERS = new LinkedHashMap<>();
  private static final Map<String, String> CELLS = new TreeMap<>();

  private static AllBackends backends;

  static {
    ENCODERS.put("BERT", "bert-gelu");
    ENCODERS.put("RoBERTa", "roberta");
    ENCODERS.put("DistilBERT", "distilbert");
    ENCODERS.put("Qwen3", "qwen3");
    ENCODERS.put("GPT-2", "gpt2");
    ENCODERS.put("T5", "t5-gated");
    ENCODERS.put("CLIP text", "clip-text");
    ENCODERS.put("DeBERTa", "deberta-v3");
    ENCODERS.put("ViT", "vit-patch-8");
    ENCODERS.put("DINOv2", "dinov2");
    ENCODERS.put("DINOv3", "dinov3");
    ENCODERS.put("ViT-MAE", "vit-mae");
    ENCODERS.put("CLIP vision", "clip-vision");
    ENCODERS.put("FT-Transformer", "ft-transformer");
    ENCODERS.put("Swin", "swin");
    ENCODERS.put("Swin V2", "swinv2");
    ENCODERS.put("CLIP, texts", "clip-whole-texts");
    ENCODERS.put("CLIP, images", "clip-whole");
    ENCODERS.put("AST", "ast");
    ENCODERS.put("wav2vec2", "wav2vec2");
    ENCODERS.put("Whisper", "whisper");
    ENCODERS.put("VideoMAE", "videomae");
    ENCODERS.put("WavLM", "wavlm-stable");
    ENCODERS.put("Conformer", "conformer-padded");
    ENCODERS.put("Conformer, rotary", "conformer-rotary");
  }

  @BeforeAll
  static void open() {
    backends = AllBackends.open();
    System.out.println("every pair: seed " + SEED);
  }

  @AfterAll
  static void report() throws IOException {
    backends.close();
    String table = table();
    System.out.println(table);
    Files.createDirectories(REPORT.getParent());
    Files.writeString(REPORT, table);
  }

  static Stream<Arguments> pairs() {
    List<String> names = new ArrayList<>(ENCODERS.keySet());
    return IntStream.range(0, names.size())
        .boxed()
        .flatMap(
            i ->
                IntStream.range(0, i)
                    .filter(j -> ALL || (i - j) % 12 == 1)
                    .mapToObj(j -> Arguments.of(names.get(i), names.get(j), 1 + (i + j) % 2)));
  }

  @ParameterizedTest(name = "{0} with {1} over {2} layers")
  @MethodSource("pairs")
  void trainsAndPredicts(String row, String column, int fusionLayers) {
    PairOfEncoders pair =
        new PairOfEncoders(List.of(ENCODERS.get(row), ENCODERS.get(column)), fusionLayers);
    String cell = row + "/" + column;
    List<String> done = new ArrayList<>();
    List<Map<String, HostTensor>> results = new ArrayList<>();
    for (String backend : AllBackends.trainers().toList()) {
      CELLS.put(cell, String.join(" ", done) + " failed on " + backend);
      Map<String, HostTensor> found = pair.step(backends.plugins(), backends.get(backend), SEED);
      assertThat(Violations.OF_PROCESS.take()).extracting(Throwable::getMessage).isEmpty();
      hasLearnt(found);
      results.add(found);
      done.add(backend.replace("checking-", ""));
    }
    assertThat(done).hasSizeGreaterThan(1);
    double largest = 0;
    for (Map<String, HostTensor> other : results.subList(1, results.size())) {
      largest = Math.max(largest, agreement(results.get(0), other));
    }
    CELLS.put(cell, String.format(Locale.ROOT, "%s %.0e", String.join("+", done), largest));
  }

  /** Finite numbers, and gradients and steps that are not all zero. */
  private static void hasLearnt(Map<String, HostTensor> found) {
    assertThat(found.keySet()).contains("before", "loss", "after");
    found.forEach(
        (name, t) -> {
          double size = 0;
          for (float v : t.floats()) {
            assertThat(v).as(name).isFinite();
            size = Math.max(size, Math.abs(v));
          }
          if (name.startsWith("grad.") || name.startsWith("step.")) {
            assertThat(size).as(name).isPositive();
          }
        });
    assertThat(found.get("after").floats()).isNotEqualTo(found.get("before").floats());
  }

  /** The largest difference: absolute in logits and loss, relative in gradients. */
  private static double agreement(Map<String, HostTensor> one, Map<String, HostTensor> other) {
    assertThat(other.keySet()).isEqualTo(one.keySet());
    double largest = 0;
    for (String name : one.keySet()) {
      if (!name.startsWith("step.")) {
        boolean gradient = name.startsWith("grad.");
        double d = difference(one.get(name).floats(), other.get(name).floats(), gradient);
        assertThat(d).as(name).isLessThanOrEqualTo(gradient ? GRADIENTS : LOGITS);
        largest = Math.max(largest, d);
      }
    }
    return largest;
  }

  private static double difference(float[] a, float[] b, boolean relative) {
    double size = 0;
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      size = Math.max(size, Math.abs(a[i]));
      largest = Math.max(largest, Math.abs((double) a[i] - b[i]));
    }
    return relative ? largest / size : largest;
  }

  private static String table() {
    List<String> names = new ArrayList<>(ENCODERS.keySet());
    int width = CELLS.values().stream().mapToInt(String::length).max().orElse(0);
    String cell = "  %-" + Math.max(11, width) + "s";
    StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-12s", ""));
    names
        .subList(0, names.size() - 1)
        .forEach(n -> text.append(String.format(Locale.ROOT, cell, n)));
    for (String row : names.subList(1, names.size())) {
      text.append(String.format(Locale.ROOT, "%n%-12s", row));
      for (String column : names.subList(0, names.indexOf(row))) {
        text.append(String.format(Locale.ROOT, cell, CELLS.getOrDefault(row + "/" + column, "")));
      }
    }
    return text.append(System.lineSeparator()).toString().replaceAll(" +(?=\\R)", "");
  }
}
