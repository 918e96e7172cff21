package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A training run that is killed")
class KillAndResumeIT {
  @TempDir private Path folder;

  @ParameterizedTest(
      name =
          "goes on with --resume to the very bits of an uninterrupted run, at {1} random moments"
              + " on {0}")
  @CsvSource({"djl, 20", "tf, 8"})
  void resumesToTheSameBits(String backend, int planned) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    Random random = new Random(seed);
    long began = System.nanoTime();
    assertThat(finish(start(backend, "whole"))).isZero();
    long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    byte[] whole = adapter("whole");

    int kills = 0;
    int runs = 0;
    int afterACheckpoint = 0;
    while (kills < planned) {
      String out = "killed-" + runs++;
      boolean finished = false;
      while (!finished) {
        Process process = start(backend, out);
        Path last = folder.resolve(out).resolve("checkpoints/last.safetensors");
        long moment = random.nextLong(milliseconds / 10, milliseconds);
        if (kills % 2 == 1) {
          // However slow the machine is now, every other kill meets a run that has a checkpoint
          awaitFile(process, last);
          moment /= 4;
        }
        if (kills < planned && !process.waitFor(moment, TimeUnit.MILLISECONDS)) {
          process.destroyForcibly().waitFor();
          kills++;
          afterACheckpoint += Files.exists(last) ? 1 : 0;
        } else {
          assertThat(finish(process)).isZero();
          finished = true;
        }
      }
      assertThat(adapter(out)).as("%s, seed %d", out, seed).isEqualTo(whole);
    }
    System.out.printf(
        Locale.ROOT,
        "%d kills in %d runs, %d of them after a checkpoint%n",
        kills,
        runs,
        afterACheckpoint);
    assertThat(afterACheckpoint).as("kills that a checkpoint was left by").isPositive();
  }

  private Process start(String backend, String out) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(
        List.of(
            "train",
            "--resume",
            "--backend",
            backend,
            "--data",
            parity("curve/train.csv"),
            "--validation",
            parity("curve/train.csv"),
            "--encoder",
            "image=" + parity("encoders/image-16"),
            "--encoder",
            "text=" + parity("encoders/text-16"),
            "--out",
            folder.resolve(out).toString(),
            "--cache",
            folder.resolve("cache-" + out).toString(),
            "--batch-size",
            "4",
            "--epochs",
            "16",
            "--checkpoint-steps",
            "2"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    File output = folder.resolve(out + ".log").toFile();
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output));
    return builder.start();
  }

  private static void awaitFile(Process process, Path file) throws InterruptedException {
    while (process.isAlive() && !Files.exists(file)) {
      Thread.sleep(5);
    }
  }

  private static int finish(Process process) throws InterruptedException {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private byte[] adapter(String out) throws IOException {
    return Files.readAllBytes(folder.resolve(out).resolve("adapter_model.safetensors"));
  }

  private static String parity(String name) throws IOException {
    try {
      return Path.of(KillAndResumeIT.class.getResource("/parity/pmf/" + name).toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
