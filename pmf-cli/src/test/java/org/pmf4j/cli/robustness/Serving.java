package org.pmf4j.cli.robustness;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;
import org.pmf4j.core.Pmf;
import org.pmf4j.core.model.Classifier;

/**
 * The main class of a process that serves: threads predict through one classifier, while their
 * calls are cancelled and interrupted, and the classifier or all of {@link Pmf} is closed under
 * them and opened again. It counts how calls end, and exits with 0, or with 3 where one ended as
 * none may.
 */
final class Serving {
  private static final int THREADS = 3;
  private static final int FOREIGN = 3;

  private final Path model;
  private final String backend;
  private final Random random;
  private final List<Map<String, Source>> requests;
  private final Map<String, Integer> ends = new ConcurrentHashMap<>();
  private final Map<Integer, float[]> answers = new ConcurrentHashMap<>();
  private volatile boolean isWrong;
  private Pmf pmf;
  private volatile Classifier classifier;

  private Serving(Path model, String backend, long seed, Path picture) {
    this.model = model;
    this.backend = backend;
    this.random = new Random(seed);
    Source image = new Source.File(picture);
    this.requests =
        List.of(
            Map.of("image", image, "text", new Source.Text("a red shape")),
            Map.of("text", new Source.Text("is it round?")),
            Map.of("image", image),
            Map.of("text", new Source.Text("a red shape ".repeat(30_000))),
            Map.of("image", new Source.File(picture.resolveSibling("missing.png"))));
  }

  /** Model, backend, seed, a picture, and for how many seconds. */
  public static void main(String[] args) throws Exception {
    Serving serving =
        new Serving(Path.of(args[0]), args[1], Long.parseLong(args[2]), Path.of(args[3]));
    serving.serve(Long.parseLong(args[4]));
    new TreeMap<>(serving.ends).forEach((end, n) -> System.out.println("ended: " + n + " " + end));
    System.exit(serving.isWrong ? FOREIGN : 0);
  }

  private void serve(long seconds) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    open();
    for (int i = 0; i < requests.size(); i++) {
      predict(i);
    }
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until) {
      Future<?> call = pool.submit(() -> predict(random.nextInt(requests.size())));
      pool.execute(() -> predict(random.nextInt(requests.size())));
      switch (random.nextInt(8)) {
        case 0 -> {
          Thread.sleep(random.nextInt(20));
          call.cancel(true);
          count("a call was cancelled");
        }
        case 1 -> {
          Thread.sleep(random.nextInt(20));
          classifier.close();
          classifier = pmf.load(model);
          count("the classifier was closed and loaded again");
        }
        case 2 -> {
          Thread.sleep(random.nextInt(20));
          pool.shutdownNow();
          requireEnd(pool);
          pool = Executors.newFixedThreadPool(THREADS);
          count("all threads were interrupted");
        }
        case 3 -> {
          if (random.nextBoolean()) {
            classifier.close();
          }
          pmf.close();
          open();
          count("everything was closed and opened again");
        }
        default -> await(call);
      }
    }
    pool.shutdown();
    requireEnd(pool);
    classifier.close();
    pmf.close();
  }

  private static void requireEnd(ExecutorService pool) throws InterruptedException {
    if (!pool.awaitTermination(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a call does not end");
    }
  }

  private static void await(Future<?> call) throws InterruptedException, TimeoutException {
    try {
      call.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void open() {
    pmf = Pmf.open(backend, BackendOptions.DEFAULT);
    classifier = pmf.load(model);
  }

  private void predict(int request) {
    try {
      float[] answer = classifier.predict(requests.get(request)).logits();
      float[] first = answers.putIfAbsent(request, answer);
      if (first != null && !Arrays.equals(first, answer)) {
        isWrong = true;
        count("ANOTHER ANSWER than the first");
      }
      count("an answer");
    } catch (PmfException e) {
      count("refused");
    } catch (IllegalStateException e) {
      count("closed");
      if (e.getMessage() == null || !e.getMessage().contains("closed")) {
        wrong(e);
      }
    } catch (Throwable e) {
      wrong(e);
    }
  }

  private void wrong(Throwable e) {
    isWrong = true;
    count("FOREIGN " + e);
    e.printStackTrace();
  }

  private void count(String end) {
    ends.merge(end, 1, Integer::sum);
  }
}
