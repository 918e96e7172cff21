package org.pmf4j.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.model.Prediction;

@DisplayName("A pool of models")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelPoolTest {
  /** Rounding of single precision: a batch's other rows decide the order of sums. */
  private static final float ROUNDING = 1e-4f;

  private static final int THREADS = 6;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @ParameterizedTest(name = "answers threads that ask three models on {0} as their classifiers do")
  @ValueSource(strings = {"djl", "tf", TinyEncoders.BACKEND})
  void answersAsClassifiersDo(String backend) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the questions: " + seed);
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Map<String, Path> models = PoolModels.three(pmf, folder);
      Map<String, List<Prediction>> expected = new LinkedHashMap<>();
      List<Example> examples = PoolModels.examples(pmf, models.get("a"));
      models.forEach(
          (name, path) -> expected.put(name, PoolModels.predictions(pmf, path, examples)));
      try (ModelPool pool = pmf.pool(PoolOptions.standard().withMaxBatch(8))) {
        models.forEach(pool::load);
        List<Future<?>> calls = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          Random random = new Random(seed + t);
          calls.add(
              threads.submit(
                  () -> {
                    for (int i = 0; i < 40; i++) {
                      String name = List.copyOf(models.keySet()).get(random.nextInt(3));
                      int row = random.nextInt(examples.size());
                      Prediction p = pool.predict(name, examples.get(row).sources());
                      assertThat(p.logits())
                          .as("seed %d, model %s, row %d", seed, name, row)
                          .containsExactly(expected.get(name).get(row).logits(), within(ROUNDING));
                    }
                  }));
        }
        for (Future<?> call : calls) {
          call.get();
        }
        assertThat(pool.state().encoders()).isEqualTo(2);
        assertThat(pool.state().accepted()).isZero();
      }
    }
  }

  @Test
  @DisplayName("computes the trunk of a record once, however many models are asked about it")
  void onceForAllModels() {
    AtomicInteger samples = new AtomicInteger();
    PoolListener counting =
        new PoolListener() {
          @Override
          public void trunk(String modality, int some, long nanos) {
            samples.addAndGet(some);
          }
        };
    try (Pmf pmf = Pmf.open()) {
      Map<String, Path> models = PoolModels.three(pmf, folder);
      try (ModelPool pool = pmf.pool(PoolOptions.standard(), counting)) {
        Map<String, Source> record = PoolModels.examples(pmf, models.get("a")).get(0).sources();
        models.forEach(pool::load);
        float[] first = pool.predict("a", record).logits();
        pool.predict("b", record);
        assertThat(pool.predict("a", record).logits()).containsExactly(first);
        // "c" has one fusion layer less, so that its trunk is one layer longer
        assertThat(samples).hasValue(2);
        pool.predict("c", record);
        assertThat(samples).hasValue(4);
      }
    }
  }

  @ParameterizedTest(name = "lets models be replaced under requests on {0}, of which none fails")
  @ValueSource(strings = {"djl", "tf"})
  void replacedUnderRequests(String backend) throws Exception {
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Map<String, Path> models = PoolModels.three(pmf, folder);
      List<Example> examples = PoolModels.examples(pmf, models.get("a"));
      float[] a = PoolModels.predictions(pmf, models.get("a"), examples).get(0).logits();
      float[] b = PoolModels.predictions(pmf, models.get("b"), examples).get(0).logits();
      AtomicBoolean stop = new AtomicBoolean();
      try (ModelPool pool = pmf.pool(PoolOptions.standard())) {
        pool.load("m", models.get("a"));
        List<Future<Integer>> calls = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
          calls.add(threads.submit(() -> askUntil(stop, pool, examples.get(0), a, b)));
        }
        for (int i = 0; i < 10; i++) {
          PoolModel now = pool.load("m", models.get(i % 2 == 0 ? "b" : "a"));
          assertThat(now.version()).isEqualTo(i + 2);
          assertThatThrownBy(() -> pool.load("m", folder.resolve("none")))
              .isInstanceOf(PmfException.class);
        }
        stop.set(true);
        for (Future<Integer> call : calls) {
          assertThat(call.get()).isPositive();
        }
        assertThat(pool.predict("m", examples.get(0).sources()).logits())
            .containsExactly(a, within(ROUNDING));
        assertThat(pool.state().encoders()).isEqualTo(2);
        assertThat(pool.unload("m")).isTrue();
        assertThat(pool.unload("m")).isFalse();
        // Freed by the thread that computes, just after its last answer
        while (pool.state().encoders() > 0) {
          Thread.onSpinWait();
        }
      }
    }
  }

  private static int askUntil(
      AtomicBoolean stop, ModelPool pool, Example example, float[] a, float[] b) {
    int asked = 0;
    do { // once at least, however late this thread begins
      float[] now = pool.predict("m", example.sources()).logits();
      boolean isA = Math.abs(now[0] - a[0]) <= ROUNDING;
      assertThat(now).containsExactly(isA ? a : b, within(ROUNDING));
      asked++;
    } while (!stop.get());
    return asked;
  }

  @Test
  @DisplayName("refuses what is too much with a time to come again, and answers what it accepted")
  void refusesWhatIsTooMuch() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Pmf pmf = Pmf.open()) {
      Path model = PoolModels.model(pmf, folder, "a", 2, 1);
      List<Example> examples = PoolModels.examples(pmf, model);
      try (ModelPool pool =
          pmf.pool(PoolOptions.standard().withQueue(4), new HoldingListener(began, goOn))) {
        pool.load("a", model);
        List<CompletableFuture<Prediction>> accepted =
            new ArrayList<>(pool.submit("a", examples.subList(0, 1)));
        began.await();
        accepted.addAll(pool.submit("a", examples.subList(1, 4)));
        assertThat(pool.state().accepted()).isEqualTo(4);
        assertThatThrownBy(() -> pool.submit("a", examples.subList(4, 5)))
            .isInstanceOfSatisfying(
                PoolBusyException.class, e -> assertThat(e.retryAfter()).isPositive())
            .hasMessageContaining("4 records wait");
        assertThatThrownBy(() -> pool.submit("a", examples.subList(0, 5)))
            .isInstanceOf(PmfException.class)
            .hasMessage("a request of 5 records is too large; send at most 4 at once");
        assertThat(accepted.remove(3).cancel(false)).isTrue();
        accepted.addAll(pool.submit("a", examples.subList(4, 5)));
        goOn.countDown();
        for (CompletableFuture<Prediction> one : accepted) {
          assertThat(one.get().logits()).isNotEmpty();
        }
        assertThat(pool.state().accepted()).isZero();
      }
    }
  }

  @ParameterizedTest(name = "closed under requests on {0}, answers all that it accepted")
  @ValueSource(strings = {"djl", "tf"})
  void closedUnderRequests(String backend) throws Exception {
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Path model = PoolModels.model(pmf, folder, "a", 2, 1);
      List<Example> examples = PoolModels.examples(pmf, model);
      ModelPool pool = pmf.pool(PoolOptions.standard().withCacheBytes(0));
      pool.load("a", model);
      List<Future<Integer>> calls = new ArrayList<>();
      CountDownLatch asked = new CountDownLatch(THREADS);
      for (int t = 0; t < THREADS; t++) {
        calls.add(threads.submit(() -> askUntilClosed(pool, examples, asked)));
      }
      asked.await();
      pool.close();
      for (Future<Integer> call : calls) {
        assertThat(call.get()).isPositive();
      }
      assertThatThrownBy(() -> pool.load("b", model)).isInstanceOf(IllegalStateException.class);
    }
  }

  /** Every answer comes, until it is said that the pool is closed. */
  private static int askUntilClosed(ModelPool pool, List<Example> examples, CountDownLatch asked) {
    for (int i = 0; ; i++) {
      try {
        pool.predict("a", examples.get(i % examples.size()).sources());
        if (i == 0) {
          asked.countDown(); // each thread once, so that none is waited for in vain by another
        }
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("the pool is closed");
        return i;
      }
    }
  }

  @Test
  @DisplayName("holds no more than its cache over thousands of requests")
  void bounded() {
    long most = 200_000;
    try (Pmf pmf = Pmf.open()) {
      Path model = PoolModels.model(pmf, folder, "a", 2, 1);
      try (ModelPool pool = pmf.pool(PoolOptions.standard().withCacheBytes(most))) {
        pool.load("a", model);
        pool.load("b", PoolModels.model(pmf, folder, "b", 2, 2));
        long after = 0;
        for (int round = 0; round < 40; round++) {
          List<CompletableFuture<Prediction>> answers = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            Source text = new Source.Text("a shape of number " + (round * 100 + i));
            String name = i % 3 == 0 ? "b" : "a";
            answers.addAll(pool.submit(name, List.of(Example.of(Map.of("text", text)))));
          }
          answers.forEach(CompletableFuture::join);
          assertThat(pool.state().cachedBytes()).isPositive().isLessThanOrEqualTo(most);
          assertThat(pool.state().accepted()).isZero();
          after = round == 9 ? heap() : after;
        }
        // What 3,000 requests would keep if each kept a kilobyte of its own
        assertThat(heap() - after).isLessThan(3_000_000);
      }
    }
  }

  @Test
  @DisplayName("says what is wrong with a request, and stays as it was")
  void saysWhatIsWrong() {
    try (Pmf pmf = Pmf.open();
        ModelPool pool = pmf.pool(PoolOptions.standard())) {
      assertThatThrownBy(() -> pool.predict("a", Map.of("text", new Source.Text("x"))))
          .isInstanceOf(NoSuchElementException.class)
          .hasMessage("no model of that name; there is none");
      pool.load("a", PoolModels.model(pmf, folder, "a", 2, 1));
      wrong(pool, Map.of(), "nothing is there of image, text");
      wrong(pool, Map.of("sound", new Source.Text("x")), "has no modality 'sound'");
      Source broken = new Source.Bytes("cat.png", new byte[] {1, 2, 3});
      wrong(pool, Map.of("image", broken, "text", new Source.Text("x")), "cat.png");
      assertThat(pool.state().accepted()).isZero();
      assertThat(pool.predict("a", Map.of("text", new Source.Text("x"))).logits()).isNotEmpty();
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> pool.predict("a", Map.of("text", new Source.Text("y"))))
          .isInstanceOf(PmfException.class)
          .hasMessageContaining("interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static void wrong(ModelPool pool, Map<String, Source> record, String what) {
    assertThatThrownBy(() -> pool.predict("a", record))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining(what);
  }

  @Test
  @DisplayName("refuses bounds that are none")
  void refusesBounds() {
    PoolOptions standard = PoolOptions.standard();
    assertThatThrownBy(() -> standard.withMaxDelay(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> standard.withMaxBatch(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> standard.withQueue(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> standard.withCacheBytes(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static long heap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
