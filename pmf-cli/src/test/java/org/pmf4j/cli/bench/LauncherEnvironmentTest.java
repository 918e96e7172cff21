package org.pmf4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.bench.process.EngineEnvironment;

/** Processes that are measured run as those that people start. */
@DisplayName("The launcher sets the environment of measured processes")
class LauncherEnvironmentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** What builds and starts, and what it starts by, which is a distribution's launcher too. */
  private static final List<String> LAUNCHERS = List.of("pmf", "pmf-dist/src/main/dist/bin/pmf");

  @TempDir Path folder;

  /** A repository whose command is built already, and a JVM that prints its environment. */
  @BeforeEach
  void makeRepository() throws IOException {
    for (String launcher : LAUNCHERS) {
      Path copy = folder.resolve(launcher);
      Files.createDirectories(copy.getParent());
      Files.copy(ROOT.resolve(launcher), copy);
      copy.toFile().setExecutable(true);
    }
    Path lib = Files.createDirectories(folder.resolve("pmf-cli/target/pmf/lib"));
    Files.writeString(lib.resolve("pmf-cli-1.jar"), "");
    Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nenv\n");
    java.toFile().setExecutable(true);
  }

  private Map<String, String> launched(Map<String, String> set) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve("pmf").toString());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(set);
    environment.put("PATH", System.getenv("PATH"));
    environment.put("JAVA_HOME", folder.resolve("jdk").toString());
    Process process = builder.redirectErrorStream(true).start();
    Map<String, String> found = new LinkedHashMap<>();
    process
        .inputReader()
        .lines()
        .map(line -> line.split("=", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> found.put(parts[0], parts[1]));
    assertThat(process.waitFor()).as("the launcher's code, after printing %s", found).isZero();
    return found;
  }

  @Test
  @DisplayName("where nothing is set")
  void nothingSet() throws Exception {
    Map<String, String> measured = new LinkedHashMap<>();
    EngineEnvironment.complete(measured);
    assertThat(launched(Map.of())).containsAllEntriesOf(measured);
  }

  @Test
  @DisplayName("and leaves what is set already")
  void someSet() throws Exception {
    Map<String, String> set = Map.of("OMP_WAIT_POLICY", "passive", "MALLOC_ARENA_MAX", "4");
    Map<String, String> measured = new LinkedHashMap<>(set);
    EngineEnvironment.complete(measured);
    assertThat(measured).containsAllEntriesOf(set).doesNotContainKey("GOMP_SPINCOUNT");
    assertThat(launched(set)).containsAllEntriesOf(measured).doesNotContainKey("GOMP_SPINCOUNT");
  }
}
