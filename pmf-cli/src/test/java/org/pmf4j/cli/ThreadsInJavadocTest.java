package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Every public type")
class ThreadsInJavadocTest {
  private static final Pattern TYPE =
      Pattern.compile(
          "^public (?:final |abstract |sealed |non-sealed )*(?:class|record|interface) (\\w+)",
          Pattern.MULTILINE);

  /** What is thrown belongs to whoever catches it. */
  private static final Pattern THROWN = Pattern.compile(".*(Exception|Violation)");

  @Test
  @DisplayName("says in its Javadoc whether several threads may use it")
  void saysSo() throws IOException {
    List<String> silent = new ArrayList<>();
    int types = 0;
    for (Path source : sources()) {
      String text = Files.readString(source);
      Matcher type = TYPE.matcher(text);
      if (type.find() && !THROWN.matcher(type.group(1)).matches()) {
        types++;
        String before = text.substring(0, type.start());
        String javadoc = before.substring(Math.max(0, before.lastIndexOf("/**")));
        if (!javadoc.contains("thread")) {
          silent.add(source.toString());
        }
      }
    }
    assertThat(silent).isEmpty();
    assertThat(types).as("types that were looked at").isGreaterThan(200);
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    Path root = Path.of("").toAbsolutePath().getParent();
    try (Stream<Path> modules = Files.list(root)) {
      for (Path module :
          modules.filter(m -> m.getFileName().toString().startsWith("pmf-")).toList()) {
        Path java = module.resolve("src/main/java");
        if (Files.isDirectory(java)) {
          try (Stream<Path> files = Files.walk(java)) {
            files
                .filter(f -> f.toString().endsWith(".java") && !f.endsWith("package-info.java"))
                .forEach(sources::add);
          }
        }
      }
    }
    return sources;
  }
}
