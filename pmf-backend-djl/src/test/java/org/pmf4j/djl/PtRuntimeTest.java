package org.pmf4j.djl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;

/** Loading the library, in processes of its own, because a process loads it once. */
class PtRuntimeTest {
  @TempDir Path folder;

  @Test
  void aMissingNativeLibraryIsNamed() throws Exception {
    assertThat(open("pytorch-native-cpu", Map.of()))
        .containsExactly(
            "ENVIRONMENT: the djl backend finds no native libraries of PyTorch for "
                + classifier()
                + " on the class path: add org.pmf4j:pmf-natives-djl-"
                + classifier()
                + "; nothing is downloaded");
  }

  @Test
  void librariesOfAnotherSystemAreNone() throws Exception {
    Path other = Files.createDirectories(folder.resolve("native/lib"));
    Files.writeString(
        other.resolve("pytorch.properties"), "version=2.7.1\nclassifier=another-system\n");
    assertThat(open("pytorch-native-cpu", Map.of(), folder))
        .singleElement()
        .asString()
        .contains("finds no native libraries of PyTorch for " + classifier());
  }

  @Test
  void aMissingJniLibraryIsNamed() throws Exception {
    assertThat(open("pytorch-jni", Map.of()))
        .containsExactly(
            "ENVIRONMENT: the djl backend needs ai.djl.pytorch:pytorch-jni:2.7.1-0.35.1 on the"
                + " class path; nothing is downloaded");
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "not a folder");
    List<String> lines = open("nothing", Map.of("ENGINE_CACHE_DIR", file.toString()));
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("ENVIRONMENT: PyTorch could not be loaded: ")
        .endsWith(
            "it is unpacked to "
                + file.resolve("pytorch")
                + ", which cannot be written: set ENGINE_CACHE_DIR to a folder that can");
  }

  private static String classifier() {
    return Arrays.stream(classPath())
        .map(entry -> Path.of(entry).getFileName().toString())
        .filter(name -> name.startsWith("pytorch-native-cpu"))
        .map(name -> name.replaceAll("pytorch-native-cpu-[\\d.]+-(.*)\\.jar", "$1"))
        .findFirst()
        .orElseThrow();
  }

  private static String[] classPath() {
    return System.getProperty("java.class.path").split(File.pathSeparator);
  }

  /** Opens a backend in a process whose class path lacks an artifact; returns what it prints. */
  private static List<String> open(String without, Map<String, String> environment, Path... more)
      throws IOException, InterruptedException {
    String classPath =
        Stream.concat(
                Arrays.stream(classPath())
                    .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(without)),
                Arrays.stream(more).map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "-Xmx256m", "-cp", classPath, Opener.class.getName());
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed.lines().toList();
  }

  /** The process's main class. */
  static final class Opener {
    private Opener() {}

    /** Opens a backend and prints how that ends. */
    public static void main(String[] args) {
      try {
        new DjlBackendFactory().open(new BackendOptions("cpu", 1)).close();
        System.out.println("opened");
      } catch (PmfException e) {
        System.out.println(e.kind() + ": " + e.getMessage());
      }
    }
  }
}
