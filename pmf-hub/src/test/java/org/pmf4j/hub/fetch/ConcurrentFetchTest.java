package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmf4j.hub.server.SampleModels.FIRST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.hub.HubEnvironment;
import org.pmf4j.hub.HubModel;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

@DisplayName("A model that several fetch at once")
class ConcurrentFetchTest {
  private static final int MANY = 4;

  @TempDir private Path folder;
  private TestHub hub;

  @BeforeEach
  void start() throws IOException {
    hub = TestHub.start();
    hub.repo("org/text").commit("main", FIRST, SampleModels.text());
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private void cameOnce(Client client) {
    assertThat(hub.requests())
        .extracting(HubRequest::line)
        .filteredOn(line -> line.startsWith("cdn"))
        .hasSize(1);
    assertThat(client.cache().snapshot("org/text", FIRST).resolve("model.safetensors"))
        .hasBinaryContent(SampleModels.text().get("model.safetensors").content());
  }

  @Test
  @DisplayName("comes once to threads")
  void threads() throws Exception {
    Client client = Client.of(hub, folder.resolve("hub"));
    ExecutorService pool = Executors.newFixedThreadPool(MANY);
    try {
      List<Future<Fetched>> all = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        all.add(pool.submit(() -> client.fetch("org/text", FetchListener.NONE)));
      }
      for (Future<Fetched> each : all) {
        assertThat(each.get(60, TimeUnit.SECONDS).commit()).isEqualTo(FIRST);
      }
    } finally {
      pool.shutdownNow();
    }

    cameOnce(client);
  }

  @Test
  @DisplayName("comes once to processes")
  void processes() throws Exception {
    Client client = Client.of(hub, folder.resolve("hub"));
    List<Process> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path"),
              OneFetch.class.getName());
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
      builder.environment().putAll(client.variables());
      Path log = folder.resolve("log" + i);
      all.add(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }
    for (int i = 0; i < all.size(); i++) {
      assertThat(all.get(i).waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(folder.resolve("log" + i))).isEmpty();
      assertThat(all.get(i).exitValue()).isZero();
    }

    cameOnce(client);
  }

  /** Fetches by the environment of its process. */
  static final class OneFetch {
    private OneFetch() {}

    /** Fetches. */
    public static void main(String[] args) {
      new HubFetcher(HubEnvironment.ofProcess())
          .fetch(HubModel.parse("org/text"), FetchListener.NONE);
    }
  }
}
