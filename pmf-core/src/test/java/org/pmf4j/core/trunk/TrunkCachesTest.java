package org.pmf4j.core.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.core.TinyEncoders;
import org.pmf4j.core.progress.Progress;

@DisplayName("Trunk caches on the disk")
class TrunkCachesTest {
  private static TinyEncoders tiny;

  @TempDir private Path folder;

  private Path root;

  @BeforeAll
  static void open() {
    tiny = new TinyEncoders();
  }

  @AfterAll
  static void close() {
    tiny.close();
  }

  private CachedTrunks cache() {
    return new CachedTrunks(
        tiny.backend(),
        tiny.encoders(),
        tiny.layers(2),
        root,
        CachedTrunks.Storage.FP32,
        CachedTrunks.Content.STATES);
  }

  @BeforeEach
  void fill() {
    root = folder.resolve("some/where");
    try (CachedTrunks cache = cache()) {
      cache.fill(tiny.examples(), Progress.SILENT);
    }
  }

  private List<TrunkCache> found() {
    return TrunkCaches.below(folder);
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  @Test
  @DisplayName("are found at any depth, with encoder, samples, size and last use")
  void areFound() throws IOException {
    assertThat(found()).hasSize(tiny.encoders().names().size());
    for (TrunkCache cache : found()) {
      assertThat(cache.folder()).hasParent(root.toRealPath());
      assertThat(cache.entries()).isEqualTo(files(cache.folder()) - 1).isPositive();
      assertThat(cache.bytes()).isGreaterThan(64 * cache.entries());
      assertThat(cache.made()).isBeforeOrEqualTo(cache.used());
      assertThat(tiny.encoders().asMap().values())
          .anyMatch(e -> e.directory().path().toString().equals(cache.encoder()));
    }
    assertThat(TrunkCaches.below(folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  @DisplayName("of an earlier version tell their last use by what was written last")
  void ofAnEarlierVersion() throws IOException {
    TrunkCache before = found().get(0);
    Files.delete(before.folder().resolve(CacheUse.NAME));
    TrunkCache cache = found().get(0);
    assertThat(cache.entries()).isEqualTo(before.entries());
    assertThat(cache.folder().getFileName().toString()).startsWith(cache.encoder() + "-");
    assertThat(cache.used()).isBetween(cache.made(), Instant.now());
    assertThat(TrunkCaches.remove(cache)).isTrue();
    assertThat(cache.folder()).doesNotExist();
  }

  @Test
  @DisplayName("are used when a run begins, whatever it finds in them")
  void lastUse() throws IOException {
    Instant longAgo = Instant.parse("2020-01-01T00:00:00Z");
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(longAgo));
      }
    }
    assertThat(found()).allMatch(c -> c.used().equals(longAgo));
    Instant before = Instant.now().minusSeconds(1); // a file system may cut times to seconds
    fill();
    assertThat(found()).allMatch(c -> c.used().isAfter(before));
  }

  @Test
  @DisplayName("are not removed while a run of this process uses them, and are after it")
  void inUse() throws IOException {
    TrunkCache cache = found().get(0);
    long files = files(cache.folder());
    try (CachedTrunks first = cache()) {
      first.fill(tiny.examples(), Progress.SILENT);
      try (CachedTrunks second = cache()) {
        second.fill(tiny.examples(), Progress.SILENT);
        assertThat(TrunkCaches.remove(cache)).isFalse();
      }
      assertThat(TrunkCaches.remove(cache)).as("one of two has ended").isFalse();
      assertThat(files(cache.folder())).isEqualTo(files);
    }
    assertThat(TrunkCaches.remove(cache)).isTrue();
    assertThat(cache.folder()).doesNotExist();
    assertThat(TrunkCaches.remove(cache)).as("once more is no error").isTrue();
  }

  @Test
  @DisplayName("are not removed while another process uses them, and are once that was killed")
  void inUseElsewhere() throws Exception {
    TrunkCache cache = found().get(0);
    Process other = HeldCache.start(cache.folder(), folder);
    assertThat(TrunkCaches.remove(cache)).isFalse();
    try (CacheUse shared = CacheUse.begin(cache.folder(), Path.of("here")).orElseThrow()) {
      assertThat(shared).as("any number may use it at once").isNotNull();
    }
    assertThat(cache.folder().resolve(CacheUse.NAME)).hasContent("here");
    other.destroyForcibly().waitFor();
    assertThat(TrunkCaches.remove(cache)).isTrue();
    assertThat(cache.folder()).doesNotExist();
  }

  @Test
  @DisplayName("are removed without anything else, in them or beside them")
  void nothingElse() throws IOException {
    TrunkCache cache = found().get(0);
    Path notes = Files.writeString(cache.folder().resolve("notes.txt"), "mine");
    Path beside = Files.createDirectories(root.resolve("vit-layer2-fp32")).resolve("ab");
    Files.writeString(beside, "mine");
    Path target = Files.createDirectories(folder.resolve("target/ab")).resolve("f".repeat(62));
    Files.writeString(target, "mine");
    Path link = cache.folder().resolveSibling(cache.folder().getFileName() + "-attention");
    Files.createSymbolicLink(link, folder.resolve("target"));
    Path inner = cache.folder().resolve("ff");
    Files.createDirectories(inner);
    Path innerLink = Files.createSymbolicLink(inner.resolve("e".repeat(62)), notes);

    assertThat(found()).noneMatch(c -> c.folder().equals(link));
    assertThat(TrunkCaches.remove(cache)).isTrue();
    assertThat(List.of(notes, beside, target)).allSatisfy(f -> assertThat(f).hasContent("mine"));
    assertThat(innerLink).isSymbolicLink();
    assertThat(files(cache.folder())).as("the notes, and the link to them").isEqualTo(2);
    fill();
    assertThat(found()).anyMatch(c -> c.equals(found().get(0)) && c.entries() == cache.entries());
  }
}
