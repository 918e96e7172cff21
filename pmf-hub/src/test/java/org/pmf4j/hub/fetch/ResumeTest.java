package org.pmf4j.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pmf4j.hub.server.SampleModels.FIRST;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.hub.server.Fault;
import org.pmf4j.hub.server.HubFile;
import org.pmf4j.hub.server.HubRequest;
import org.pmf4j.hub.server.SampleModels;
import org.pmf4j.hub.server.TestHub;

@DisplayName("A download that was broken off")
class ResumeTest {
  private static final HubFile WEIGHTS = SampleModels.text().get("model.safetensors");

  @TempDir private Path folder;
  private TestHub hub;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    hub = TestHub.start();
    hub.repo("org/text").commit("main", FIRST, SampleModels.text());
    client = Client.of(hub, folder.resolve("hub"));
  }

  @AfterEach
  void stop() {
    hub.close();
  }

  private static boolean isCdn(HubRequest r) {
    return r.server().equals("cdn");
  }

  private Path part() {
    return client
        .cache()
        .folder("org/text")
        .resolve("blobs")
        .resolve(WEIGHTS.etag() + ".pmf.incomplete");
  }

  private List<Optional<String>> ranges() {
    return hub.requests().stream().filter(ResumeTest::isCdn).map(r -> r.header("Range")).toList();
  }

  private void leavePart(byte[] content) throws IOException {
    Files.createDirectories(part().getParent());
    Files.write(part(), content);
  }

  private void isFetchedWhole(long bytesOfWeights) {
    Fetched fetched = client.fetch("org/text");
    assertThat(fetched.directory().resolve("model.safetensors"))
        .hasBinaryContent(WEIGHTS.content());
    assertThat(part()).doesNotExist();
    long small =
        List.of("config.json", "tokenizer_config.json", "vocab.txt").stream()
            .mapToLong(name -> SampleModels.text().get(name).content().length)
            .sum();
    assertThat(fetched.bytes()).isEqualTo(bytesOfWeights + small);
  }

  @Test
  @DisplayName("goes on by itself where the connection was cut, again and again")
  void cut() {
    hub.fail(1, ResumeTest::isCdn, Fault.cut(WEIGHTS.content(), 100_000));
    hub.fail(1, ResumeTest::isCdn, Fault.status(500, Map.of()));

    isFetchedWhole(SampleModels.WEIGHTS);

    assertThat(ranges().get(0)).isEmpty();
    assertThat(ranges().get(2)).isPresent();
  }

  @Test
  @DisplayName("is given up where nothing comes any more, and its part is kept for the next run")
  void givenUp() {
    hub.fail(1, ResumeTest::isCdn, Fault.cut(WEIGHTS.content(), 100_000));
    hub.fail(
        1000,
        ResumeTest::isCdn,
        exchange -> {
          throw new IOException("cut");
        });

    assertThatThrownBy(() -> client.fetch("org/text"))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("127.0.0.1: the connection was cut, with ")
        .hasMessageEndingWith(" MB of model.safetensors there; the same command goes on with it");
    assertThat(part()).exists();
  }

  @Test
  @DisplayName("goes on with the part that an earlier run has left")
  void earlierPart() throws IOException {
    leavePart(Arrays.copyOf(WEIGHTS.content(), 120_000));

    isFetchedWhole(180_000);

    assertThat(ranges()).containsExactly(Optional.of("bytes=120000-"));
  }

  @Test
  @DisplayName("asks for nothing where all of it was there but its name")
  void wholePart() throws IOException {
    leavePart(WEIGHTS.content());

    isFetchedWhole(0);

    assertThat(ranges()).isEmpty();
  }

  @Test
  @DisplayName("begins anew where the part is too long, or the server does not go on")
  void anew() throws IOException {
    leavePart(new byte[SampleModels.WEIGHTS + 1]);
    isFetchedWhole(SampleModels.WEIGHTS);

    Files.delete(client.cache().snapshot("org/text", FIRST).resolve("model.safetensors"));
    Files.delete(part().resolveSibling(WEIGHTS.etag()));
    leavePart(new byte[10]);
    hub.fail(1, ResumeTest::isCdn, Fault.bytes(WEIGHTS.content()));
    assertThat(client.fetch("org/text").bytes()).isEqualTo(SampleModels.WEIGHTS);

    Files.delete(client.cache().snapshot("org/text", FIRST).resolve("model.safetensors"));
    Files.delete(part().resolveSibling(WEIGHTS.etag()));
    leavePart(new byte[10]);
    hub.fail(1, ResumeTest::isCdn, Fault.status(416, Map.of()));
    assertThat(client.fetch("org/text").bytes()).isEqualTo(SampleModels.WEIGHTS);
  }

  @Test
  @DisplayName("is removed where its part is damaged, and then fetched whole")
  void damagedPart() throws IOException {
    leavePart(new byte[120_000]);

    assertThatThrownBy(() -> client.fetch("org/text"))
        .hasMessageContaining("model.safetensors has arrived damaged");
    isFetchedWholeAfterSmallFiles();
  }

  private void isFetchedWholeAfterSmallFiles() {
    assertThat(client.fetch("org/text").bytes()).isEqualTo(SampleModels.WEIGHTS);
  }

  @Test
  @DisplayName("by who asked for it goes on with what it had")
  void stopped() {
    AtomicLong seen = new AtomicLong();
    FetchListener stopping =
        new FetchListener() {
          @Override
          public Transfer begin(String file, long total, long done) {
            return seen::addAndGet;
          }

          @Override
          public boolean stopRequested() {
            return seen.get() > 10_000;
          }
        };

    assertThatThrownBy(() -> client.fetch("org/text", stopping))
        .isInstanceOfSatisfying(
            PmfException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.STOPPED));
    assertThat(part()).exists();
    long there = part().toFile().length();
    assertThat(client.fetch("org/text").bytes()).isEqualTo(SampleModels.WEIGHTS - there);
  }

  @Test
  @DisplayName("of nothing is a file of nothing")
  void empty() {
    var files = SampleModels.text();
    files.put("merges.txt", HubFile.small(""));
    hub.repo("org/empty").commit("main", FIRST, files);

    assertThat(client.fetch("org/empty").directory().resolve("merges.txt")).isEmptyFile();
  }
}
