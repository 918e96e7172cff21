package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/architecture.md")
class ArchitectureDocumentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCUMENT = ROOT.resolve("docs/architecture.md");

  @Test
  @DisplayName("names types and modules that there are")
  void names() throws IOException {
    Set<String> types = types();
    List<String> named = find("`([A-Z][A-Za-z0-9]+)`");
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(types).containsAll(named);
    List<String> modules = find("(pmf-[a-z-]*[a-z])");
    assertThat(modules).isNotEmpty().allSatisfy(m -> assertThat(ROOT.resolve(m)).isDirectory());
  }

  @Test
  @DisplayName("links to files that are there, and is linked to by the README")
  void links() throws IOException {
    List<String> links = find("\\]\\(([^)#]*)[^)]*\\)");
    assertThat(links).isNotEmpty();
    for (String link : links) {
      assertThat(DOCUMENT.resolveSibling(link)).exists();
    }
    assertThat(ROOT.resolve("README.md")).content().contains("(docs/architecture.md)");
  }

  private static List<String> find(String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(DOCUMENT))
        .results()
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .toList();
  }

  /** Simple names of all source files, those of tests included. */
  private static Set<String> types() throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      List<Path> sources = modules.map(m -> m.resolve("src")).filter(Files::isDirectory).toList();
      return sources.stream()
          .flatMap(ArchitectureDocumentTest::javaFiles)
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
