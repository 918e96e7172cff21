package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName(
    "An output that cannot be written is told in one clear line, and nothing is left broken:")
class BadOutputTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void train() {
    model = folder.resolve("model");
    Outcome.of(FixtureSamples.train(model)).succeeded();
  }

  @Test
  @DisplayName("a folder that is a file, a file whose folder is missing")
  void misplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Outcome.of(FixtureSamples.train(file.resolve("model"))).failed(file, "Not a directory");
    Outcome.of(
            "evaluate",
            "--model",
            model,
            "--data",
            FixtureSamples.TABLE,
            "--out",
            file.resolve("m"))
        .wasRefused(file);
    Outcome.of("evaluate", "--model", model, "--data", FixtureSamples.TABLE, "--out", folder)
        .wasRefused(folder, "folder");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("a file system that takes no files, whoever asks")
  void readOnly() {
    Path proc = Path.of("/proc/self/model");
    Outcome.of(FixtureSamples.train(proc)).failed(proc);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("a full disk, while the log is written")
  void fullDisk() throws IOException {
    Path out = Files.createDirectory(folder.resolve("full"));
    Files.createSymbolicLink(out.resolve("train_log.jsonl"), Path.of("/dev/full"));
    Outcome.of(FixtureSamples.train(out)).failed("train_log.jsonl", "full");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("no room for a checkpoint")
  void noRoomForACheckpoint() throws Exception {
    Path out = folder.resolve("small");
    Outcome outcome = withLargestFile(8, FixtureSamples.train(out));
    outcome.failed(out.resolve("checkpoints"), "cannot be written");
    assertThat(files(out)).noneMatch(f -> f.toString().endsWith(".tmp"));
    assertThat(out.resolve("adapter_config.json")).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  @DisplayName("no room for predictions: the old file stays as it was")
  void noRoomForPredictions() throws Exception {
    List<String> rows = new ArrayList<>(List.of("image,text,comment"));
    for (int i = 0; i < 20; i++) {
      rows.add(FixtureSamples.IMAGE + ",a," + "x".repeat(1000));
    }
    Path in = FixtureSamples.table(folder, rows.toArray(String[]::new));
    Path out = Files.writeString(folder.resolve("out.csv"), "old");
    Outcome outcome = withLargestFile(8, "predict", "--model", model, "--data", in, "--out", out);
    outcome.failed(out, "cannot be written");
    assertThat(out).hasContent("old");
    assertThat(files(folder)).noneMatch(f -> f.toString().endsWith(".tmp"));
  }

  /** Runs a command in a process that may not write files larger than some KiB. */
  private Outcome withLargestFile(int kibibytes, Object... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec \"$@\"", "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.addAll(List.of("-Dai.djl.offline=true", "-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    Arrays.stream(words).map(String::valueOf).forEach(command::add);
    Path out = folder.resolve("stdout.txt");
    Path err = folder.resolve("stderr.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OPT_OUT_TRACKING", "true");
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    int code = process.waitFor();
    return new Outcome(
        code,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.toList();
    }
  }
}
