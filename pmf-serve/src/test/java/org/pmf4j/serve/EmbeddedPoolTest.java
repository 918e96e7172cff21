package org.pmf4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The example of models inside a service")
class EmbeddedPoolTest {
  private static final Path SOURCE = Path.of("../examples/embedded-pool/Answers.java");

  @TempDir private Path folder;

  @Test
  @DisplayName("compiles and answers")
  void answers() throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of("-d", folder.toString(), "-proc:none", "-Xlint:all", "-Werror");
      assertThat(
              compiler
                  .getTask(messages, files, null, options, null, files.getJavaFileObjects(SOURCE))
                  .call())
          .as(messages.toString())
          .isTrue();
    }
    try (ServedModels models = new ServedModels(folder.resolve("models"));
        URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Class<?> type = loader.loadClass("Answers");
      Method ask = type.getMethod("ask", String.class, byte[].class, String.class);
      try (AutoCloseable service = (AutoCloseable) type.getConstructor().newInstance()) {
        type.getMethod("load", String.class, Path.class)
            .invoke(service, "a", models.folder().resolve("a"));
        Object answer = ask.invoke(service, "a", ServedModels.picture(), "a shape");
        assertThat((Optional<?>) answer).isPresent();
      }
    }
  }
}
