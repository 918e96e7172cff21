package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.pool.PoolOptions;
import org.pmf4j.serve.web.AccessLog;

@DisplayName("A server in operation")
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OperationTest {
  private static final String RECORD = "{\"text\": \"a shape of number %d\"}";

  @TempDir private Path folder;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  @DisplayName("takes up models that come, change and go, and no request fails")
  void takesUpModels() throws Exception {
    try (ServedModels served = new ServedModels(folder)) {
      served.start(o -> o);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      Future<?> asking =
          threads.submit(
              () -> {
                while (!stop.get()) {
                  int i = asked.incrementAndGet();
                  HttpResponse<String> reply =
                      served.post(
                          "models/a/predict", RECORD.replace("%d", Integer.toString(i % 50)));
                  assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                }
              });
      served.train("a", 7);
      await(() -> served.post("v2/repository/index", "").body().contains("\"version\":\"2\""));
      served.train("c", 8);
      await(() -> served.get("v2/models/c/ready").statusCode() == 200);
      delete(folder.resolve("c"));
      await(() -> served.get("v2/models/c/ready").statusCode() == 404);
      Path config = folder.resolve("b/adapter_config.json");
      Files.writeString(config, "{ broken");
      await(() -> served.post("v2/repository/index", "").body().contains("adapter_config.json"));
      assertThat(served.post("v2/repository/index", "").body()).doesNotContain(folder.toString());
      assertThat(
              served
                  .post("models/b/predict", RECORD.replace("%d", Integer.toString(1)))
                  .statusCode())
          .isEqualTo(200);
      assertThat(served.post("v2/repository/models/a/load", "").statusCode()).isEqualTo(200);
      HttpResponse<String> broken = served.post("v2/repository/models/b/load", "");
      assertThat(broken.statusCode()).isEqualTo(400);
      assertThat(broken.body()).contains("adapter_config.json").doesNotContain(folder.toString());
      stop.set(true);
      asking.get();
      assertThat(asked.get()).isGreaterThan(10);
      assertThat(served.post("v2/repository/models/a/unload", "").statusCode()).isEqualTo(200);
      assertThat(
              served
                  .post("models/a/predict", RECORD.replace("%d", Integer.toString(1)))
                  .statusCode())
          .isEqualTo(404);
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    while (!condition.holds()) {
      Thread.sleep(50);
    }
  }

  private static void delete(Path path) throws Exception {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  @Test
  @DisplayName("says 429 and when to come again while it has too much, and answers at once after")
  void saysThatItIsBusy() throws Exception {
    try (ServedModels served = new ServedModels(folder)) {
      PoolOptions small = PoolOptions.standard().withQueue(4).withMaxBatch(2).withCacheBytes(0);
      served.start(o -> o.withPool(small));
      Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
      List<Future<?>> clients = new ArrayList<>();
      for (int t = 0; t < 24; t++) {
        clients.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 60; i++) {
                    HttpResponse<String> reply =
                        served.post("models/a/predict", RECORD.replace("%d", Integer.toString(i)));
                    statuses.merge(reply.statusCode(), 1, Integer::sum);
                    if (reply.statusCode() == 429) {
                      assertThat(reply.headers().firstValueAsLong("retry-after").orElseThrow())
                          .isPositive();
                    }
                  }
                }));
      }
      for (Future<?> client : clients) {
        client.get();
      }
      assertThat(statuses.keySet()).containsExactlyInAnyOrder(200, 429);
      assertThat(
              served
                  .post("models/a/predict", RECORD.replace("%d", Integer.toString(1)))
                  .statusCode())
          .isEqualTo(200);
      await(() -> served.server().state().accepted() == 0);
      String metrics = served.get("metrics").body();
      assertThat(metrics)
          .contains("pmf_stage_seconds", "stage=\"decode\"", "stage=\"queue\"", "stage=\"trunk\"")
          .contains("stage=\"fusion\"", "pmf_batch_records", "pmf_queue_accepted 0.0")
          .contains("pmf_trunk_cache", "pmf_memory_resident_bytes", "status=\"429\"");
    }
  }

  @Test
  @DisplayName("answers all that it accepted when it is stopped, and logs each request")
  void answersWhatItAccepted() throws Exception {
    List<AccessLog.Entry> log = java.util.Collections.synchronizedList(new ArrayList<>());
    try (ServedModels served = new ServedModels(folder)) {
      served.start(o -> o.withLog(log::add));
      AtomicInteger answered = new AtomicInteger();
      List<Future<?>> clients = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        clients.add(
            threads.submit(
                () -> {
                  for (int i = 0; ; i++) {
                    try {
                      HttpResponse<String> reply =
                          served.post(
                              "models/b/predict", RECORD.replace("%d", Integer.toString(i)));
                      if (reply.statusCode() == 503) {
                        return null; // refused, and told so
                      }
                      assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                      answered.incrementAndGet();
                    } catch (UncheckedIOException e) {
                      // Nobody listens any more, or the silent connection was closed
                      assertThat(e.getCause())
                          .satisfiesAnyOf(
                              c -> assertThat(c).isInstanceOf(ConnectException.class),
                              c -> assertThat(c).hasMessageContaining("header parser received no"),
                              c -> assertThat(c).hasMessageContaining("reset"),
                              c -> assertThat(c).hasMessageContaining("Broken pipe"),
                              c -> assertThat(c).isInstanceOf(ClosedChannelException.class));
                      return null;
                    }
                  }
                }));
      }
      await(() -> answered.get() > 100);
      PmfServer server = served.server();
      server.close();
      for (Future<?> client : clients) {
        client.get();
      }
      assertThat(log.stream().filter(e -> e.status() == 200).count()).isEqualTo(answered.get());
      assertThat(log.stream().map(AccessLog.Entry::status)).isSubsetOf(200, 503);
    }
  }
}
