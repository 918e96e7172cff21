package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command as it is packed, each time in a process of its own.
 *
 * @param lib the distribution's jars
 * @param folder where output is kept
 */
record PackagedCommand(Path lib, Path folder) {

  /** What a build put beside the classes of these tests. */
  static PackagedCommand of(Path folder) {
    try {
      Path classes =
          Path.of(
              PackagedCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = classes.resolveSibling("pmf").resolve("lib");
      assertThat(lib).isDirectory();
      return new PackagedCommand(lib, folder);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A jar of the distribution. */
  Path jar(String artifact) throws IOException {
    try (Stream<Path> jars = Files.list(lib)) {
      return jars.filter(p -> p.getFileName().toString().startsWith(artifact + "-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Runs it; words may be paths. */
  Outcome run(Map<String, String> environment, Object... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", lib.resolve("*").toString(), Main.class.getName()));
    for (Object word : words) {
      command.add(word.toString());
    }
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("PMF_PLUGINS");
    builder.environment().putAll(environment);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }
}
