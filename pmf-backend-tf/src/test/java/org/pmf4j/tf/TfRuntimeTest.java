package org.pmf4j.tf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.engine.NativeArtifact;
import org.pmf4j.api.error.PmfException;

/** In processes of their own, because a process loads a library once. */
@DisplayName("Loading TensorFlow's library")
class TfRuntimeTest {
  /** The jar of one system, told by its classifier; the Java half has none. */
  private static final Predicate<Path> NATIVE =
      entry -> entry.getFileName().toString().matches("tensorflow-core-native-[\\d.]+-.*\\.jar");

  @TempDir Path folder;

  @Test
  @DisplayName("names the artifact where it is not on the class path")
  void missing() throws Exception {
    String system = NativeArtifact.ofThisSystem("tf").system();
    assertThat(open(NATIVE.negate(), folder))
        .containsExactly(
            "ENVIRONMENT: the tf backend finds no native libraries of TensorFlow for "
                + system
                + " on the class path: add org.pmf4j:pmf-natives-tf-"
                + system
                + "; nothing is downloaded");
  }

  @Test
  @DisplayName("names the folder that it was unpacked to where it is there and does not load")
  void broken() throws Exception {
    Path classes = folder.resolve("classes");
    for (String system : new String[] {"linux-x86_64", "linux-arm64", "macosx-arm64"}) {
      Path broken =
          Files.createDirectories(classes.resolve("org/tensorflow/internal/c_api").resolve(system));
      Files.writeString(broken.resolve(System.mapLibraryName("jnitensorflow")), "no library");
    }
    Path cache = folder.resolve("cache");
    assertThat(open(NATIVE.negate(), classes, "-Dorg.bytedeco.javacpp.cachedir=" + cache))
        .last()
        .asString()
        .startsWith("ENVIRONMENT: TensorFlow could not be loaded: ")
        .endsWith(
            "; it is unpacked to "
                + cache
                + ": see that it can be written, or delete it to have it unpacked again");
  }

  /**
   * Opens a backend in a process with a part of this class path and more; returns what it prints.
   */
  private static List<String> open(Predicate<Path> kept, Path more, String... options)
      throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> kept.test(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator, more + File.pathSeparator, ""));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath, Opener.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
        new TfBackendFactory().open(new BackendOptions("cpu", 1)).close();
        System.out.println("opened");
      } catch (PmfException e) {
        System.out.println(e.kind() + ": " + e.getMessage());
      }
    }
  }
}
