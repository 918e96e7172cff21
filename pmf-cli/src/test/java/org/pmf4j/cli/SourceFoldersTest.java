package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds of the folders of all modules; {@link ArchitectureTest} looks at their classes. */
class SourceFoldersTest {
  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    List<Path> packages;
    try (Stream<Path> files = sourceFiles()) {
      packages = files.map(Path::getParent).distinct().sorted().toList();
    }

    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  @Test
  void scriptsForBrowsersComeWithReportsAlone() throws IOException {
    List<String> modules;
    try (Stream<Path> folders = Files.list(Path.of("").toAbsolutePath().getParent())) {
      modules =
          folders
              .map(module -> module.resolve("pom.xml"))
              .filter(Files::isRegularFile)
              .filter(pom -> content(pom).contains("<groupId>org.webjars"))
              .map(pom -> pom.getParent().getFileName().toString())
              .toList();
    }
    assertThat(modules)
        .as("one library draws the charts of all pages; its version is in the root pom.xml alone")
        .containsExactly("pmf-report");
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> sourceFiles() throws IOException {
    Path modules = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> folders = Files.list(modules)) {
      List<Path> sources =
          folders
              .map(module -> module.resolve("src/main/java"))
              .filter(Files::isDirectory)
              .toList();
      return sources.stream().flatMap(SourceFoldersTest::javaFiles);
    }
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
