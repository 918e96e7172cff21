package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The documents")
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static List<String> documents() throws IOException {
    List<String> all = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md"));
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      docs.map(d -> "docs/" + d.getFileName()).sorted().forEach(all::add);
    }
    return all;
  }

  /** Others name types that readers are to write, or that are not ours. */
  @ParameterizedTest(name = "{0} names types and modules that there are")
  @ValueSource(strings = {"docs/architecture.md", "docs/api-evolution.md", "CONTRIBUTING.md"})
  void names(String document) throws IOException {
    List<String> named = find(document, "`([A-Z][a-z]+[A-Za-z0-9]*)(?:\\.[A-Za-z_]+)?`");
    assertThat(named).hasSizeGreaterThan(4);
    assertThat(types()).containsAll(named);
    List<String> modules = find(document, "\\b(pmf-[a-z-]*[a-z])\\b");
    assertThat(modules).isNotEmpty().allSatisfy(m -> assertThat(ROOT.resolve(m)).isDirectory());
  }

  @ParameterizedTest(name = "{0} links to files and headings that are there")
  @MethodSource("documents")
  void links(String document) throws IOException {
    Path path = ROOT.resolve(document);
    for (String link : find(document, "\\]\\(([^) ]+)\\)")) {
      if (link.contains("://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? path : path.resolveSibling(parts[0]);
      assertThat(target).as(link).exists();
      if (parts.length == 2) {
        assertThat(headings(target)).as(link).contains(parts[1]);
      }
    }
  }

  @Test
  @DisplayName("are linked to by the README or by one that it links to")
  void reached() throws IOException {
    StringBuilder texts = new StringBuilder();
    for (String document : documents()) {
      texts.append(Files.readString(ROOT.resolve(document)));
    }
    for (String document : documents()) {
      String name = document.substring(document.lastIndexOf('/') + 1);
      if (!name.equals("README.md")) {
        assertThat(texts.toString()).contains(name + ")");
      }
    }
  }

  private static List<String> find(String document, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(ROOT.resolve(document)))
        .results()
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .toList();
  }

  /** As anchors of the page that is made of a document. */
  private static List<String> headings(Path document) throws IOException {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ *", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** Simple names of all source files, those of tests included. */
  private static Set<String> types() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> sources = modules.map(m -> m.resolve("src")).filter(Files::isDirectory).toList();
      return sources.stream()
          .flatMap(DocumentsTest::javaFiles)
          .map(p -> p.getFileName().toString().replace(".java", ""))
          .collect(Collectors.toSet());
    }
  }

  private static Stream<Path> javaFiles(Path sources) {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(p -> p.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
