package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.json.Json;

@DisplayName("pmf cache")
class CacheTest {
  @TempDir private Path folder;

  private Path caches;

  @BeforeEach
  void train() {
    caches = folder.resolve("caches");
    Object[] words = FixtureSamples.train(folder.resolve("model"), "--epochs", 1);
    Outcome.of(FixtureSamples.with(words, "--cache", caches)).succeeded();
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> all = Files.list(caches)) {
      return all.sorted().toList();
    }
  }

  private static void usedBefore(Path cache, Duration time) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(time));
    try (Stream<Path> all = Files.walk(cache)) {
      for (Path file : all.toList()) {
        Files.setLastModifiedTime(file, then);
      }
    }
  }

  private static List<Object> paths(Object rows) {
    assertThat(rows).asInstanceOf(InstanceOfAssertFactories.list(Map.class)).isNotNull();
    return ((List<?>) rows).stream().<Object>map(row -> ((Map<?, ?>) row).get("path")).toList();
  }

  @Test
  @DisplayName("lists caches with encoder, samples, size, age and last use")
  void list() throws IOException {
    usedBefore(folders().get(0), Duration.ofDays(40));
    String out = Outcome.of("cache", "list", "--cache", folder).succeeded().out();
    assertThat(out)
        .contains("in " + folder + ":\n")
        .containsPattern("(?m)^caches/bert-\\S+ +/.*/text-16 +8 +[\\d.]+ kB +40 d ago +40 d ago$")
        .containsPattern(
            "(?m)^caches/vit-\\S+ +/.*/image-16 +16 +[\\d.]+ kB +0 min ago +0 min ago$")
        .containsPattern("(?m)^2 caches, [\\d.]+ kB$");
  }

  @Test
  @DisplayName("tells the same to programs")
  void json() throws IOException {
    Outcome outcome = Outcome.of("cache", "list", "--cache", caches, "--json").succeeded();
    Map<String, Object> told = Json.object("the output", outcome.out());
    assertThat(told).containsOnlyKeys("folder", "caches", "others");
    assertThat(paths(told.get("caches")))
        .isEqualTo(folders().stream().map(f -> (Object) f.toString()).toList());
  }

  @Test
  @DisplayName("removes what was not used for some time, after telling it where asked to")
  void olderThan() throws IOException {
    List<Path> both = folders();
    usedBefore(both.get(1), Duration.ofDays(31));
    Object[] words = {"cache", "prune", "--cache", caches, "--older-than", "30d"};
    String told = Outcome.of(FixtureSamples.with(words, "--dry-run")).succeeded().out();
    assertThat(told).contains("vit-").doesNotContain("bert-").contains("would remove 1 cache, ");
    assertThat(folders()).isEqualTo(both);
    assertThat(Outcome.of(words).succeeded().out()).containsPattern("removed 1 cache, .* of 2\n$");
    assertThat(folders()).containsExactly(both.get(0));
    assertThat(Outcome.of(words).succeeded().out()).isEqualTo("removed 0 caches, 0 kB of 1\n");
  }

  @Test
  @DisplayName("removes those that were used longest ago until the rest is small enough")
  void maxSize() throws IOException {
    List<Path> both = folders();
    usedBefore(both.get(0), Duration.ofHours(2));
    Object[] words = {"cache", "prune", "--cache", caches, "--json", "--max-size"};
    Map<String, Object> enough = prune(words, "1GB");
    assertThat(paths(enough.get("removed"))).isEmpty();
    Map<String, Object> less = prune(words, "15kB");
    assertThat(paths(less.get("removed"))).contains(both.get(0).toString());
    Map<String, Object> none = prune(words, "0B");
    assertThat(none).containsEntry("dry_run", false);
    assertThat(folders()).isEmpty();
  }

  private static Map<String, Object> prune(Object[] words, String size) {
    return Json.object(
        "the output", Outcome.of(FixtureSamples.with(words, size)).succeeded().out());
  }

  @Test
  @DisplayName("is computed anew after it was removed, and the run is the same")
  void again() throws IOException {
    byte[] first = Files.readAllBytes(folder.resolve("model/adapter_model.safetensors"));
    Outcome.of("cache", "prune", "--cache", caches, "--max-size", "0B").succeeded();
    Object[] words = FixtureSamples.train(folder.resolve("model"), "--epochs", 1, "--overwrite");
    Outcome.of(FixtureSamples.with(words, "--cache", caches)).succeeded();
    assertThat(folder.resolve("model/adapter_model.safetensors")).hasBinaryContent(first);
    assertThat(folders()).hasSize(2);
  }

  @Test
  @DisplayName("lists nothing in a folder without caches")
  void empty() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Outcome.of("cache", "list", "--cache", empty).succeeded().out())
        .startsWith("no cache of trunk outputs in " + empty + "\n");
  }

  @ParameterizedTest(name = "refuses {0} {1}")
  @CsvSource({
    "--older-than, 30, '30' is no time",
    "--older-than, -3d, '-3d' is no time",
    "--older-than, 1y, '1y' is no time",
    "--max-size, 10, '10' is no size",
    "--max-size, 10gb, '10gb' is no size",
    "--max-size, -1GB, '-1GB' is no size"
  })
  void refuses(String option, String value, String told) {
    Outcome.of("cache", "prune", "--cache", caches, option + "=" + value).wasRefused(told, option);
  }

  @Test
  @DisplayName("refuses to prune without being told what, and folders that are none")
  void refusesMore() throws IOException {
    Outcome.of("cache", "prune", "--cache", caches).wasRefused("--older-than, --max-size or both");
    Path nowhere = folder.resolve("nowhere");
    Outcome.of("cache", "list", "--cache", nowhere)
        .wasRefused(nowhere + ": there is no such folder");
    Path file = Files.writeString(folder.resolve("file"), "");
    Outcome.of("cache", "list", "--cache", file).wasRefused(file + ": is no folder");
    assertThat(folders()).hasSize(2);
  }
}
