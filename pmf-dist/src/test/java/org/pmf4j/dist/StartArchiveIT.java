package org.pmf4j.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The archive of classes that a start goes by")
class StartArchiveIT {
  /** It is made by a process that is nice to all others: beside a build it waits for those. */
  private static final Duration LONGEST = Duration.ofMinutes(20);

  /** A list that is out of date only costs time; below this it costs too much of it. */
  private static final double LISTED = 0.8;

  @TempDir private static Path folder;

  private static Distribution pmf;
  private static Path launcher;

  @TempDir private Path home;

  @BeforeAll
  static void unpack() throws Exception {
    pmf = Distribution.ofAnySystem(folder).makingArchives();
    launcher = pmf.root().resolve("bin/pmf");
  }

  /** What a command tells of its start; empty where it went by an archive. */
  private String start(Map<String, String> environment) throws Exception {
    Distribution.Outcome told = pmf.run(environment, launcher, home, "--verbose", "--version");
    assertThat(told.code()).as(told.err()).isZero();
    assertThat(told.out()).startsWith("pmf " + Distribution.VERSION + " (Java ").hasLineCount(1);
    return told.err();
  }

  private List<Path> made() throws IOException {
    Path all = home.resolve(".cache/pmf/start");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(all)) {
      return files.sorted().toList();
    }
  }

  /** Waits for one that is made while others start. */
  private Path archive() throws Exception {
    Instant end = Instant.now().plus(LONGEST);
    while (Instant.now().isBefore(end)) {
      List<Path> made = made();
      if (made.size() == 1 && made.get(0).toString().endsWith(".jsa")) {
        return made.get(0);
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no archive, but " + made());
  }

  @Test
  @DisplayName("is made by the first start, and used by the second, for nearly all classes")
  void madeByTheFirst() throws Exception {
    assertThat(start(Map.of())).isEqualTo("pmf: INFO: start: without an archive of classes\n");
    archive();
    Path log = home.resolve("classes.txt");
    assertThat(start(Map.of("JAVA_OPTS", "-Xlog:class+load:file=" + log))).isEmpty();
    List<String> loaded;
    try (Stream<String> lines = Files.lines(log)) {
      // Those of JVM and Java itself depend on its version
      loaded = lines.filter(line -> line.matches(".* (org\\.pmf4j|picocli)\\..*")).toList();
    }
    long shared = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    assertThat((double) shared / loaded.size())
        .as("%d of %d: run pmf-dist/src/build/list-classes", shared, loaded.size())
        .isGreaterThan(LISTED);
  }

  @Test
  @DisplayName("is one and whole where many start at once, and nothing is left beside it")
  void manyAtOnce() throws Exception {
    ExecutorService all = Executors.newFixedThreadPool(6);
    try {
      List<Future<String>> starts = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        starts.add(all.submit((Callable<String>) () -> start(Map.of())));
      }
      for (Future<String> each : starts) {
        assertThat(each.get()).isIn("", "pmf: INFO: start: without an archive of classes\n");
      }
    } finally {
      all.shutdownNow();
    }
    archive();
    assertThat(start(Map.of())).isEmpty();
  }

  @Test
  @DisplayName("is made again where whoever made it was killed, once that is some time ago")
  void killed() throws Exception {
    start(Map.of());
    Path archive = archive();
    Files.delete(archive);
    Path left = Files.createDirectory(Path.of(archive + ".making"));
    Files.write(left.resolve("classes.jsa"), new byte[1 << 20]);
    start(Map.of());
    Thread.sleep(1000);
    assertThat(made()).as("perhaps it is still at work").containsExactly(left);
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(30))));
    start(Map.of()); // has it removed; starts without a pause would keep a nice process waiting
    Instant end = Instant.now().plus(LONGEST);
    while (Files.exists(left) && Instant.now().isBefore(end)) {
      Thread.sleep(100);
    }
    start(Map.of());
    assertThat(archive()).isEqualTo(archive);
  }

  @ParameterizedTest(name = "is passed over where it is {0}")
  @ValueSource(strings = {"empty", "of random bytes", "a text"})
  void damaged(String what) throws Exception {
    Path file = home.resolve("start.jsa");
    byte[] bytes = new byte[what.equals("empty") ? 0 : 1 << 20];
    new Random(7).nextBytes(bytes);
    Files.write(
        file,
        what.equals("a text") ? "classes".repeat(1000).getBytes(StandardCharsets.UTF_8) : bytes);
    assertThat(start(Map.of("PMF_START_ARCHIVE", file.toString())))
        .isEqualTo("pmf: INFO: start: the archive " + file + " does not fit this Java\n");
    assertThat(made()).isEmpty();
  }

  @Test
  @DisplayName("is not missed where it is not wanted, or cannot be written")
  void none() throws Exception {
    assertThat(start(Map.of("PMF_START_ARCHIVE", "none"))).contains("without an archive");
    assertThat(made()).isEmpty();
    Path file = Files.writeString(home.resolve("file"), "");
    assertThat(start(Map.of("XDG_CACHE_HOME", file.toString()))).contains("without an archive");
    assertThat(file).hasContent("");
  }
}
