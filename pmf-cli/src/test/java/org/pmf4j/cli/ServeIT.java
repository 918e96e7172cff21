package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("pmf serve")
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeIT {
  /** The whole of it: what is written may be read in parts. */
  private static final Pattern AT = Pattern.compile(" at (http://127\\.0\\.0\\.1:\\d+/)");

  @TempDir private Path folder;

  @ParameterizedTest(name = "refuses {0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "--port 0; name the models by --models DIR",
        "--models . --port 70000; --port is a number from 0 to 65535",
        "--models . --max-delay soon; --max-delay is a time, such as 3ms",
        "--models . --max-body 32q; --max-body is a number of bytes, such as 512k",
        "--models . --queue 0; --queue is a number above 0",
        "--models . --host 0.0.0.0; --host 0.0.0.0 lets others than this machine ask",
        "--models no-such-folder; there is no such folder of models",
        "--models . --token-file none.txt; none.txt: missing",
        "--models . --keystore none.p12; none.p12: there is no such key store",
        "--models . --files none; none: there is no such folder"
      })
  void refuses(String words, String why) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(words.split(" ")));
    Outcome outcome = Outcome.of(all.toArray());
    assertThat(outcome.code()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).startsWith("pmf: ").contains(why).hasLineCount(1);
  }

  @Test
  @DisplayName(
      "is there again after kill -9, and at SIGTERM answers what it accepted and ends with 0")
  void ends() throws Exception {
    assertThat(Outcome.of(FixtureSamples.train(folder.resolve("models/m"))).code()).isZero();
    Server first = new Server("first");
    assertThat(first.ask()).isEqualTo(200);
    first.process.destroyForcibly().waitFor();
    Server second = new Server("second");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    AtomicInteger answered = new AtomicInteger();
    List<Future<?>> clients = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      clients.add(threads.submit(() -> askUntilGone(second, answered)));
    }
    while (answered.get() < 50) {
      Thread.sleep(10);
    }
    new ProcessBuilder("kill", "-s", "TERM", Long.toString(second.process.pid())).start().waitFor();
    for (Future<?> client : clients) {
      client.get();
    }
    threads.shutdown();
    assertThat(second.process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(second.process.exitValue()).as(second.err()).isZero();
    assertThat(second.err()).contains("stopping").doesNotContain("ERROR", "WARN", "SIGSEGV");
    long logged = Files.readString(second.out).lines().filter(l -> l.contains(":200,")).count();
    assertThat(logged).isEqualTo(answered.get());
  }

  private static Void askUntilGone(Server server, AtomicInteger answered) {
    while (true) {
      try {
        int status = server.ask();
        if (status == 503) {
          return null;
        }
        assertThat(status).isEqualTo(200);
        answered.incrementAndGet();
      } catch (IOException e) {
        return null; // nobody listens any more
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The command in a process of its own. */
  private final class Server {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path out;
    private final Path err;
    private final Process process;
    private final String address;

    Server(String name) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(List.of("serve", "--models", "models", "--port", "0", "--threads", "1"));
      out = folder.resolve(name + ".out");
      err = folder.resolve(name + ".err");
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      Matcher at = AT.matcher("");
      while (process.isAlive() && !at.reset(err()).find()) {
        Thread.sleep(20);
      }
      assertThat(err()).containsPattern("pmf: 1 model" + AT);
      address = at.group(1);
    }

    int ask() throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "models/m/predict"))
              .POST(BodyPublishers.ofString("{\"text\": \"a shape\"}"))
              .build();
      return client.send(request, BodyHandlers.ofString()).statusCode();
    }

    String err() throws IOException {
      return Files.readString(err);
    }
  }
}
