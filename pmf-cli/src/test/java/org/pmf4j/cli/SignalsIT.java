package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A command that gets a signal")
@DisabledOnOs(OS.WINDOWS)
class SignalsIT {
  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "HUP", 129);

  @TempDir private Path folder;

  @ParameterizedTest(
      name = "ends with its exit code and a line, and goes on to the same bits: {1} times on {0}")
  @CsvSource({"djl, 10", "tf, 5"})
  void goesOn(String backend, int planned) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    Random random = new Random(seed);
    long began = System.nanoTime();
    assertThat(new Run("whole", train(backend, "whole", false)).end()).isZero();
    int most = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    List<String> names = List.copyOf(CODES.keySet());
    boolean resumes = false;
    int signals = 0;
    for (int i = 0; i < planned; i++) {
      Run run = new Run("stopped-" + i, train(backend, "stopped", resumes));
      resumes = true;
      // Half of them early: while the machine starts, encoders are loaded and the cache is filled
      int moment = i % 2 == 0 ? random.nextInt(most) : random.nextInt(most / 4);
      if (run.process.waitFor(moment, TimeUnit.MILLISECONDS)) {
        break;
      }
      String signal = names.get(random.nextInt(names.size()));
      run.signal(signal);
      if (run.end() == 0) {
        break; // it had just finished
      }
      signals++;
      assertThat(run.process.exitValue()).as(run.err()).isEqualTo(CODES.get(signal));
      List<String> lines = run.err().lines().filter(l -> l.startsWith("pmf: stopped")).toList();
      if (moment > 500 && !run.err().isEmpty()) {
        assertThat(lines).as(run.err()).hasSizeLessThanOrEqualTo(1);
      }
      lines.forEach(l -> assertThat(l).contains("; go on with: pmf train ").contains(" --resume"));
      assertThat(run.err()).doesNotContain("SIGSEGV", "SIGABRT", "fatal error");
    }
    assertThat(new Run("last", train(backend, "stopped", true)).end()).isZero();
    System.out.println(signals + " signals on " + backend);
    assertThat(adapter("stopped")).as("seed %d", seed).isEqualTo(adapter("whole"));
  }

  @ParameterizedTest(name = "ends at a step with a checkpoint: SIG{0}")
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void checkpoint(String signal) throws Exception {
    Run run = new Run("run", train("djl", "out", false, "--epochs", "10000"));
    run.awaitStep(folder.resolve("out"));
    run.signal(signal);
    assertThat(run.end()).as(run.err()).isEqualTo(CODES.get(signal));
    assertThat(run.err().lines().filter(l -> l.startsWith("pmf: ")).toList())
        .singleElement()
        .asString()
        .contains("out/checkpoints/last.safetensors; go on with: pmf train")
        .endsWith(" --resume");
    assertThat(folder.resolve("out/checkpoints/last.safetensors")).exists();
  }

  @Test
  @DisplayName("is refused another run's folder while that runs, by its process's number")
  void oneRunPerFolder() throws Exception {
    Run first = new Run("first", train("djl", "out", false, "--epochs", "10000"));
    try {
      first.awaitStep(folder.resolve("out"));
      Run second = new Run("second", train("djl", "out", true));
      assertThat(second.end()).isEqualTo(2);
      assertThat(second.err()).contains("another run (process " + first.process.pid() + " on ");
    } finally {
      first.process.destroyForcibly().waitFor();
    }
    assertThat(new Run("third", train("djl", "out", true, "--epochs", "10000")).stopped())
        .isEqualTo(143);
  }

  @Test
  @DisplayName("and then another, ends at once, though its step has not ended")
  void twice() throws Exception {
    Run run = new Run("run", train("djl", "out", false, "--epochs", "10000"));
    run.awaitStep(folder.resolve("out"));
    run.signal("INT");
    run.signal("INT");
    assertThat(run.end()).as(run.err()).isEqualTo(130);
    assertThat(run.err()).doesNotContain("SIGSEGV", "SIGABRT", "fatal error");
  }

  @Test
  @DisplayName("and leaves nothing to go on with, ends all the same")
  void shortCommands() throws Exception {
    assertThat(new Run("train", train("djl", "model", false)).end()).isZero();
    List<String> words =
        List.of("evaluate", "--model", "model", "--data", FixtureSamples.TABLE.toString());
    int ended = 0;
    for (int i = 0; i < 4; i++) {
      Run run = new Run("evaluate-" + i, words);
      Thread.sleep(400 + 400L * i);
      run.signal("TERM");
      ended += run.end() == 143 ? 1 : 0;
      assertThat(run.process.exitValue()).as(run.err()).isIn(0, 143);
      assertThat(run.err()).doesNotContain("SIGSEGV", "SIGABRT", "fatal error");
    }
    assertThat(ended).isPositive();
  }

  private static List<String> train(String backend, String out, boolean resume, String... more) {
    List<String> words = new ArrayList<>();
    for (Object word :
        FixtureSamples.train(
            Path.of(out),
            "--validation",
            FixtureSamples.TABLE,
            "--backend",
            backend,
            "--threads",
            1,
            "--epochs",
            12,
            "--patience",
            0,
            "--cache",
            out + "-cache")) {
      words.add(word.toString());
    }
    words.remove("--no-cache");
    words.addAll(List.of(more));
    if (resume) {
      words.add("--resume");
    }
    return words;
  }

  private byte[] adapter(String out) throws IOException {
    return Files.readAllBytes(folder.resolve(out).resolve("adapter_model.safetensors"));
  }

  /** A command in a process of its own. */
  private final class Run {
    private final Path err;
    private final Process process;

    Run(String name, List<String> words) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
      command.addAll(words);
      err = folder.resolve(name + ".err");
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(folder.resolve(name + ".out").toFile())
              .redirectError(err.toFile())
              .start();
    }

    void signal(String name) throws Exception {
      new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    }

    int end() throws InterruptedException {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
      return process.exitValue();
    }

    int stopped() throws Exception {
      awaitStep(folder.resolve("out"));
      signal("TERM");
      return end();
    }

    String err() throws IOException {
      return Files.readString(err);
    }

    void awaitStep(Path out) throws Exception {
      Path log = out.resolve("train_log.jsonl");
      long before = Files.exists(log) ? Files.size(log) : 0;
      while (process.isAlive() && (!Files.exists(log) || Files.size(log) <= before)) {
        Thread.sleep(20);
      }
      assertThat(process.isAlive()).as(err()).isTrue();
    }
  }
}
