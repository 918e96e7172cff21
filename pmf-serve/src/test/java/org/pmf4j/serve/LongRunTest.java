package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.serve.web.Bounds;

/**
 * A little in every build; with {@code -Dlong} 500,000 requests, and five minutes of ten times as
 * much as can be answered. {@code -Dserve.requests=N} and {@code -Dserve.overload.seconds=N}
 * choose.
 */
@DisplayName("A server that runs for long")
class LongRunTest {
  private static final boolean LONG = System.getProperty("long") != null;
  private static final int REQUESTS = Integer.getInteger("serve.requests", LONG ? 500_000 : 2_000);
  private static final int OVERLOAD_SECONDS =
      Integer.getInteger("serve.overload.seconds", LONG ? 300 : 5);
  private static final int CLIENTS = 4;

  @TempDir private Path folder;

  @Test
  @DisplayName("answers each of many requests, without memory, threads or files that stay behind")
  void manyRequests() throws Exception {
    try (ServedModels served = new ServedModels(folder)) {
      // A cache that is full early, so that it does not look like a leak
      served.start(o -> o.withPool(PoolOptions.standard().withCacheBytes(1 << 20)));
      ask(served, REQUESTS / 4);
      Footprint early = Footprint.now();
      ask(served, REQUESTS - REQUESTS / 4);
      Footprint late = Footprint.now();
      System.out.printf(Locale.ROOT, "%,d requests: %s, then %s%n", REQUESTS, early, late);
      assertThat(served.server().state().accepted()).isZero();
      assertThat(late.threads()).isLessThanOrEqualTo(early.threads() + 8);
      assertThat(late.files()).isLessThanOrEqualTo(early.files() + 16);
      // Less than 100 bytes for each request, or than what the collector leaves uncertain
      assertThat(late.heap() - early.heap()).isLessThan(Math.max(8 << 20, 100L * REQUESTS));
    }
  }

  private static void ask(ServedModels served, int requests) throws Exception {
    AtomicInteger next = new AtomicInteger();
    together(
        CLIENTS,
        () -> {
          for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            HttpResponse<String> reply =
                served.post(i % 2 == 0 ? "models/a/predict" : "models/b/predict", record(i));
            assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
          }
        });
  }

  private static String record(int i) {
    return "{\"text\": \"a shape of number " + i + "\"}";
  }

  @Test
  @DisplayName("asked for ten times as much as it can, says 200 or 429, and recovers at once")
  void overload() throws Exception {
    int queue = 16;
    try (ServedModels served = new ServedModels(folder)) {
      PoolOptions small = PoolOptions.standard().withQueue(queue).withCacheBytes(0);
      // Java's client may send on a connection that is being closed for having been idle
      Bounds b = Bounds.STANDARD;
      Duration idle = Duration.ofHours(1);
      Bounds patient =
          new Bounds(b.body(), b.bodies(), b.connections(), idle, b.request(), b.stop());
      served.start(o -> o.withPool(small).withBounds(patient));
      Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
      ConcurrentLinkedQueue<Double> accepted = new ConcurrentLinkedQueue<>();
      AtomicInteger next = new AtomicInteger();
      Footprint before = Footprint.now();
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(OVERLOAD_SECONDS);
      together(
          10 * queue,
          () -> {
            while (System.nanoTime() < until) {
              long began = System.nanoTime();
              int status = status(served, record(next.getAndIncrement()), until);
              statuses.merge(status, 1, Integer::sum);
              if (status == 200 && accepted.size() < 1_000_000) {
                accepted.add((System.nanoTime() - began) / 1e6);
              }
            }
          });
      double[] times = accepted.stream().mapToDouble(t -> t).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "overload for %d s: %s; ms of the accepted: median %.1f, p99 %.1f; %s, then %s%n",
          OVERLOAD_SECONDS,
          statuses,
          times[times.length / 2],
          times[(int) (times.length * 0.99)],
          before,
          Footprint.now());
      assertThat(statuses.keySet()).containsExactlyInAnyOrder(200, 429);
      assertThat(served.server().state().accepted()).isZero();
      assertThat(served.post("models/a/predict", record(1)).statusCode()).isEqualTo(200);
    }
  }

  private static int status(ServedModels served, String record, long until) {
    try {
      return served.post("models/a/predict", record).statusCode();
    } catch (UncheckedIOException e) {
      double left = (until - System.nanoTime()) / 1e9;
      throw new IllegalStateException(
          String.format(Locale.ROOT, "no answer, %.1f s before the end", left), e);
    }
  }

  private static void together(int clients, Runnable work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    List<Future<?>> all = new ArrayList<>();
    for (int c = 0; c < clients; c++) {
      all.add(threads.submit(work));
    }
    for (Future<?> one : all) {
      one.get();
    }
    threads.shutdown();
  }

  /** What a process holds. */
  private record Footprint(long heap, int threads, int files, long resident) {
    static Footprint now() throws Exception {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      Path self = Path.of("/proc/self");
      boolean linux = Files.isDirectory(self);
      long resident =
          linux
              ? Files.readAllLines(self.resolve("status")).stream()
                  .filter(l -> l.startsWith("VmRSS"))
                  .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
                  .sum()
              : 0;
      return new Footprint(
          runtime.totalMemory() - runtime.freeMemory(),
          Thread.getAllStackTraces().size(),
          linux ? self.resolve("fd").toFile().list().length : 0,
          resident);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %d MB, resident %d MB, %d threads, %d files",
          heap >> 20,
          resident >> 20,
          threads,
          files);
    }
  }
}
