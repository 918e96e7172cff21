package org.pmf4j.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.ContentHash;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;
import org.pmf4j.core.safetensors.SafetensorsFile;
import org.pmf4j.core.safetensors.SafetensorsWriter;

@DisplayName("A batch of a pool")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolBatchesTest {
  /** Rounding of single precision: a batch's other rows decide the order of sums. */
  private static final float ROUNDING = 1e-4f;

  @TempDir private Path folder;

  /** What was computed. */
  private static final class Counts implements PoolListener {
    private final AtomicInteger decoded = new AtomicInteger();
    private final AtomicInteger trunks = new AtomicInteger();
    private final Map<String, Integer> fused = new LinkedHashMap<>();
    private final HoldingListener holding;

    private Counts(CountDownLatch began, CountDownLatch goOn) {
      holding = new HoldingListener(began, goOn);
    }

    @Override
    public void batch(int records) {
      holding.batch(records);
    }

    @Override
    public void decoded(String modality, long nanos) {
      decoded.incrementAndGet();
    }

    @Override
    public void trunk(String modality, int samples, long nanos) {
      trunks.addAndGet(samples);
    }

    @Override
    public void fused(String model, int records, long nanos) {
      fused.merge(model, records, Integer::sum);
    }
  }

  @ParameterizedTest(name = "has, on {0}, records of three models, each answered by its own")
  @ValueSource(strings = {"djl", "tf", TinyEncoders.BACKEND})
  void eachByItsOwnModel(String backend) throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Counts counts = new Counts(began, goOn);
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Map<String, Path> models = PoolModels.three(pmf, folder);
      List<Example> examples = PoolModels.examples(pmf, models.get("a"));
      try (ModelPool pool = pmf.pool(PoolOptions.standard().withMaxBatch(100), counts)) {
        models.forEach(pool::load);
        CompletableFuture<Prediction> first = pool.submit("c", examples.subList(0, 1)).get(0);
        began.await();
        Map<String, List<CompletableFuture<Prediction>>> answers = new LinkedHashMap<>();
        models.keySet().forEach(name -> answers.put(name, new ArrayList<>()));
        for (Example example : examples) {
          answers.forEach((name, all) -> all.addAll(pool.submit(name, List.of(example))));
        }
        goOn.countDown();
        first.get();
        for (String name : models.keySet()) {
          List<Prediction> alone = PoolModels.predictions(pmf, models.get(name), examples);
          for (int i = 0; i < alone.size(); i++) {
            assertThat(answers.get(name).get(i).get().logits())
                .as("model %s, row %d", name, i)
                .containsExactly(alone.get(i).logits(), within(ROUNDING));
          }
        }
        assertThat(counts.fused)
            .isEqualTo(
                Map.of("a", examples.size(), "b", examples.size(), "c", 1 + examples.size()));
        assertThat(pool.state().accepted()).isZero();
      }
    }
  }

  @Test
  @DisplayName("has a content decoded and its trunk computed once for all models that are asked")
  void onceForAll() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Counts counts = new Counts(began, goOn);
    try (Pmf pmf = Pmf.open()) {
      Path a = PoolModels.model(pmf, folder, "a", 2, 1);
      Path b = PoolModels.model(pmf, folder, "b", 2, 2);
      List<Example> examples = PoolModels.examples(pmf, a);
      try (ModelPool pool = pmf.pool(PoolOptions.standard().withCacheBytes(0), counts)) {
        pool.load("a", a);
        pool.load("b", b);
        CompletableFuture<Prediction> first = pool.submit("a", examples.subList(0, 1)).get(0);
        began.await();
        List<CompletableFuture<Prediction>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          answers.addAll(pool.submit(i % 2 == 0 ? "a" : "b", examples.subList(1, 2)));
        }
        assertThat(answers.get(3).cancel(false)).isTrue();
        goOn.countDown();
        first.get();
        answers.remove(3);
        for (CompletableFuture<Prediction> answer : answers) {
          answer.get();
        }
        assertThat(counts.decoded).as("two contents of two modalities").hasValue(4);
        assertThat(counts.trunks).hasValue(4);
        assertThat(counts.fused).isEqualTo(Map.of("a", 6, "b", 4));
        // Answers come before a batch has let go of its samples; the next begins after that
        pool.submit("b", examples.subList(2, 3)).get(0).get();
        pool.submit("b", examples.subList(1, 2)).get(0).get();
        assertThat(counts.decoded)
            .as("no record has it any more, and nothing is cached")
            .hasValue(8);
      }
    }
  }

  @Test
  @DisplayName("answers for a sound model beside one that comes to no number")
  void besideABrokenModel() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Pmf pmf = Pmf.open()) {
      Path sound = PoolModels.model(pmf, folder, "sound", 2, 1);
      Path broken = PoolModels.model(pmf, folder, "broken", 2, 2);
      overflow(broken);
      List<Example> examples = PoolModels.examples(pmf, sound).subList(0, 4);
      List<Prediction> expected = PoolModels.predictions(pmf, sound, examples);
      try (ModelPool pool = pmf.pool(PoolOptions.standard(), new Counts(began, goOn))) {
        pool.load("sound", sound);
        pool.load("broken", broken);
        CompletableFuture<Prediction> first = pool.submit("sound", examples.subList(0, 1)).get(0);
        began.await();
        List<CompletableFuture<Prediction>> bad = pool.submit("broken", examples);
        List<CompletableFuture<Prediction>> good = pool.submit("sound", examples);
        goOn.countDown();
        first.get();
        for (int i = 0; i < examples.size(); i++) {
          assertThat(good.get(i).get().logits())
              .containsExactly(expected.get(i).logits(), within(ROUNDING));
          assertThat(bad.get(i))
              .failsWithin(Duration.ofMinutes(1))
              .withThrowableOfType(ExecutionException.class)
              .withCauseInstanceOf(PmfException.class)
              .withMessageContaining("not a number");
        }
      }
    }
  }

  /** Weights that are numbers, and whose products are not. */
  private static void overflow(Path model) throws IOException {
    Path weights = model.resolve("adapter_model.safetensors");
    String before = ContentHash.of(Files.readAllBytes(weights));
    Map<String, HostTensor> large = new LinkedHashMap<>();
    SafetensorsFile.readNumbers(weights)
        .forEach(
            (name, value) -> {
              float[] floats = value.floats().clone();
              for (int i = 0; i < floats.length; i++) {
                floats[i] *= 1e30f;
              }
              large.put(name, HostTensor.of(floats, value.shape().dims()));
            });
    SafetensorsWriter.write(weights, large, Map.of("format", "pt"));
    Path config = model.resolve("adapter_config.json");
    String after = ContentHash.of(Files.readAllBytes(weights));
    Files.writeString(config, Files.readString(config).replace(before, after));
  }
}
