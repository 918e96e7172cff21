package org.pmf4j.api.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Native libraries of a jar")
class UnpackedLibrariesTest {
  private static final List<String> BOTH = List.of("native/liba.so", "native/libb.so");

  @TempDir private Path folder;
  private UnpackedLibraries cache;

  @BeforeEach
  void emptyCache() {
    cache = new UnpackedLibraries(folder.resolve("cache/natives"));
  }

  private Optional<Path> unpack(Map<String, String> content) throws IOException {
    Path jar = Files.createTempFile(folder, "libraries", ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, String> each : content.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey()));
        out.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      return cache.folder(loader, "engine", BOTH);
    } finally {
      Files.delete(jar);
    }
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  @DisplayName("are unpacked once, and stay untouched")
  void once() throws IOException {
    Map<String, String> jar = Map.of(BOTH.get(0), "aaa", BOTH.get(1), "b");
    Path first = unpack(jar).orElseThrow();
    assertThat(files(first)).containsExactly("liba.so", "libb.so");
    assertThat(first.resolve("liba.so")).hasContent("aaa");
    FileTime old = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(first.resolve("liba.so"), old);
    assertThat(unpack(jar)).contains(first);
    assertThat(Files.getLastModifiedTime(first.resolve("liba.so"))).isEqualTo(old);
  }

  @Test
  @DisplayName("are unpacked again where one is missing or cut off")
  void again() throws IOException {
    Map<String, String> jar = Map.of(BOTH.get(0), "aaa", BOTH.get(1), "b");
    Path made = unpack(jar).orElseThrow();
    Files.writeString(made.resolve("liba.so"), "a");
    Files.delete(made.resolve("libb.so"));
    assertThat(unpack(jar)).contains(made);
    assertThat(made.resolve("liba.so")).hasContent("aaa");
    assertThat(made.resolve("libb.so")).hasContent("b");
  }

  @Test
  @DisplayName("have a folder for each content, of the same length too")
  void anotherVersion() throws IOException {
    Path one = unpack(Map.of(BOTH.get(0), "aaa")).orElseThrow();
    Path other = unpack(Map.of(BOTH.get(0), "aab")).orElseThrow();
    assertThat(other).isNotEqualTo(one);
    assertThat(files(cache.root())).hasSize(2).allMatch(name -> name.startsWith("engine-"));
    assertThat(one.resolve("liba.so")).hasContent("aaa");
    assertThat(other.resolve("liba.so")).hasContent("aab");
  }

  @Test
  @DisplayName("have none where the jar has none, or the place cannot be written")
  void none() throws IOException {
    assertThat(unpack(Map.of("native/other.so", "x"))).isEmpty();
    assertThat(cache.root()).doesNotExist();
    Files.createDirectories(folder.resolve("cache"));
    Files.writeString(cache.root(), "a file");
    assertThat(unpack(Map.of(BOTH.get(0), "aaa"))).isEmpty();
  }

  @Test
  @DisplayName("are kept where XDG_CACHE_HOME says, or below HOME")
  void place() {
    Path home = Path.of(System.getProperty("user.home"));
    assertThat(UnpackedLibraries.place(Map.of()))
        .isEqualTo(home.resolve(Path.of(".cache", "pmf", "natives")));
    assertThat(UnpackedLibraries.place(Map.of("XDG_CACHE_HOME", " ")))
        .isEqualTo(home.resolve(Path.of(".cache", "pmf", "natives")));
    assertThat(UnpackedLibraries.place(Map.of("XDG_CACHE_HOME", folder.toString())))
        .isEqualTo(folder.resolve(Path.of("pmf", "natives")));
  }
}
