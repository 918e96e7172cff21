package org.pmf4j.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of their own, without the network. */
@DisplayName("A project of another trains, saves, loads and predicts")
class RunIT {
  private static final String MAIN = "org.example.Consumer";

  private static final Predicate<Path> OURS =
      jar -> jar.getFileName().toString().startsWith("pmf-");

  private static MavenConsumer consumer;

  @TempDir private Path folder;

  @BeforeAll
  static void build() throws Exception {
    consumer = MavenConsumer.build("maven");
  }

  @ParameterizedTest(name = "on Java {0}")
  @ValueSource(ints = {17, 21, 25})
  void onTheClassPath(int version) throws Exception {
    List<Path> classPath = new ArrayList<>(List.of(consumer.classes()));
    classPath.addAll(consumer.jars());
    String printed = run(version, List.of("-cp", path(classPath), MAIN));
    assertThat(printed).contains("probabilities {circle=").contains("module null");
  }

  @Test
  @DisplayName("and another predicts with its model, without PyTorch and TensorFlow, to 60 MB")
  void predictsAlone() throws Exception {
    onTheClassPath(17);
    MavenConsumer small = MavenConsumer.build("ort");
    assertThat(small.names())
        .noneMatch(jar -> jar.contains("pytorch") || jar.contains("tensorflow"))
        .noneMatch(jar -> jar.startsWith("api-") || jar.startsWith("onnxruntime-"));
    long bytes = 0;
    for (Path jar : small.jars()) {
      bytes += Files.size(jar);
    }
    assertThat(bytes).as("bytes of %s", small.names()).isLessThan(60_000_000);
    List<Path> classPath = new ArrayList<>(List.of(small.classes()));
    classPath.addAll(small.jars());
    assertThat(run(17, List.of("-cp", path(classPath), MAIN))).contains("probabilities {circle=");
  }

  @Test
  @DisplayName("as a module, on modules of ours, with libraries on the class path")
  void onTheModulePath() throws Exception {
    List<Path> modules = consumer.jars().stream().filter(OURS).toList();
    Path classes = compile(modules);
    List<Path> all = new ArrayList<>(List.of(classes));
    all.addAll(modules);
    String printed =
        run(
            17,
            List.of(
                "--module-path",
                path(all),
                "-cp",
                path(consumer.jars().stream().filter(OURS.negate()).toList()),
                "--module",
                "org.example.consumer/" + MAIN));
    assertThat(printed).contains("probabilities {circle=").contains("module org.example.consumer");
  }

  private Path compile(List<Path> modules) {
    Path classes = folder.resolve("classes");
    Path project = Build.PROJECTS.resolve("maven/src/main/java/org/example/Consumer.java");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--module-path",
                path(modules),
                "-d",
                classes.toString(),
                Build.PROJECTS.resolve("modules/module-info.java").toString(),
                project.toString());
    assertThat(code).as("code of the compiler").isZero();
    return classes;
  }

  private String run(int version, List<String> words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(JavaHomes.java(version).toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(words);
    command.addAll(List.of(Build.SAMPLES.toString(), folder.resolve("model").toString()));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .put("PMF_CACHE", Files.createDirectories(folder.resolve("cache")).toString());
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    String printed = Files.readString(out, StandardCharsets.UTF_8);
    assertThat(code).as("%s%n%s", printed, Files.readString(err)).isZero();
    return printed;
  }

  private static String path(List<Path> entries) {
    return Stream.of(entries.toArray())
        .map(Object::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
