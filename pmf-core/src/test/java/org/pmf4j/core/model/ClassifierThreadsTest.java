package org.pmf4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.run.CacheConfig;
import org.pmf4j.core.run.TrainConfig;
import org.pmf4j.core.run.TrainConfigBuilder;
import org.pmf4j.core.training.TrainSettings;

/** A classifier in a service: threads predict through it while others cancel, and close it. */
@DisplayName("A classifier that threads share")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClassifierThreadsTest {
  private static final int THREADS = 4;

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  @DisplayName("answers as it answers one thread")
  void answers() throws Exception {
    try (Pmf pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT);
        Classifier classifier = pmf.load(model(pmf))) {
      List<float[]> alone = texts().stream().map(t -> logits(classifier, t)).toList();
      List<Future<List<float[]>>> together = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        together.add(
            threads.submit(() -> texts().stream().map(x -> logits(classifier, x)).toList()));
      }
      for (Future<List<float[]>> one : together) {
        assertThat(one.get()).usingRecursiveComparison().isEqualTo(alone);
      }
    }
  }

  @ParameterizedTest(
      name = "is closed under its calls on {0}: they answer, or say that it is closed")
  @ValueSource(strings = {"djl", "tf", TinyEncoders.BACKEND})
  void closedUnderItsCalls(String backend) throws Exception {
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT)) {
      Path model = model(pmf);
      for (int round = 0; round < 5; round++) {
        Classifier classifier = pmf.load(model);
        Map<String, Integer> ends = new ConcurrentHashMap<>();
        List<Future<?>> calls = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          calls.add(threads.submit(() -> predictUntilClosed(classifier, ends)));
        }
        while (!ends.containsKey("answer")) {
          Thread.onSpinWait();
        }
        classifier.close();
        for (Future<?> call : calls) {
          call.get();
        }
        assertThat(ends).containsOnlyKeys("answer", "closed").containsEntry("closed", THREADS);
      }
    }
  }

  @ParameterizedTest(name = "and its backend are closed under its calls on {0}")
  @ValueSource(strings = {"djl", "tf"})
  void closedWithItsBackend(String backend) throws Exception {
    Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT);
    Classifier classifier = pmf.load(model(pmf));
    Map<String, Integer> ends = new ConcurrentHashMap<>();
    List<Future<?>> calls = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      calls.add(threads.submit(() -> predictUntilClosed(classifier, ends)));
    }
    while (!ends.containsKey("answer")) {
      Thread.onSpinWait();
    }
    pmf.close();
    classifier.close();
    for (Future<?> call : calls) {
      call.get();
    }
    assertThat(ends).containsOnlyKeys("answer", "closed").containsEntry("closed", THREADS);
  }

  @ParameterizedTest(name = "lets calls be cancelled at any moment on {0}, and goes on to answer")
  @ValueSource(strings = {"djl", "tf", TinyEncoders.BACKEND})
  void cancelled(String backend) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    Random random = new Random(seed);
    try (Pmf pmf = Pmf.open(backend, BackendOptions.DEFAULT);
        Classifier classifier = pmf.load(model(pmf))) {
      float[] before = logits(classifier, "a shape");
      Map<String, Integer> ends = new ConcurrentHashMap<>();
      for (int i = 0; i < 60; i++) {
        Future<?> call = threads.submit(() -> predict(classifier, "a shape ".repeat(9), ends));
        Thread.sleep(0, random.nextInt(999_999));
        call.cancel(true);
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
      assertThat(ends.keySet()).as("seed %d", seed).isSubsetOf("answer", "interrupted");
      assertThat(logits(classifier, "a shape")).containsExactly(before);
    }
  }

  @Test
  @DisplayName("says that it is closed, of every kind of call")
  void saysThatItIsClosed() {
    try (Pmf pmf = Pmf.open(TinyEncoders.BACKEND, BackendOptions.DEFAULT)) {
      Classifier classifier = pmf.load(model(pmf));
      classifier.close();
      classifier.close();
      assertThatThrownBy(() -> logits(classifier, "a shape"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the classifier is closed");
    }
  }

  private static void predictUntilClosed(Classifier classifier, Map<String, Integer> ends) {
    while (predict(classifier, "a shape", ends)) {
      Thread.onSpinWait();
    }
  }

  /** Predicts once and counts how it ended; false if it says that something is closed. */
  private static boolean predict(Classifier classifier, String text, Map<String, Integer> ends) {
    String end;
    try {
      logits(classifier, text);
      end = "answer";
    } catch (IllegalStateException e) {
      end =
          e.getMessage().contains("closed") || e.getMessage().contains("close of")
              ? "closed"
              : e.toString();
    } catch (PmfException e) {
      end = isInterruption(e) ? "interrupted" : e.toString();
    } catch (RuntimeException | Error e) {
      end = e.toString();
    }
    ends.merge(end, 1, Integer::sum);
    return end.equals("answer");
  }

  private static boolean isInterruption(PmfException e) {
    return e.kind() == ErrorKind.STOPPED || e.getMessage().contains("interrupted");
  }

  private static float[] logits(Classifier classifier, String text) {
    return classifier.predict(Map.of("text", new Source.Text(text))).logits();
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 1; i < 12; i++) {
      texts.add("a shape ".repeat(i));
    }
    return texts;
  }

  private Path model(Pmf pmf) {
    Path out = folder.resolve("model-" + pmf.backend().info().name());
    TrainConfigBuilder config =
        TrainConfig.builder()
            .data(TinyEncoders.table())
            .out(out)
            .cache(CacheConfig.NONE)
            .training(TrainSettings.DEFAULT.with("epochs", 1).with("batch-size", 16));
    TinyEncoders.directories().forEach(config::encoder);
    pmf.train(config.build());
    return out;
  }
}
