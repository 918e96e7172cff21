package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a process ends while its threads compute: with the exit code that it was to have, and not in
 * native code whose static objects were destroyed under it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ProcessEndTests extends BackendTests {
  private static final int TRIES = Integer.getInteger("pmf.process-end.tries", 2);

  /** So long that one attention takes longer than the JVM itself waits for native code, 0.3 s. */
  private static final int LENGTH = 2048;

  @TempDir Path folder;

  ProcessEndTests(BackendConformance subject) {
    super(subject);
  }

  /** Around native code there is none to wait for; a checking backend is the one inside it. */
  @BeforeEach
  void onlyEngines() {
    String name = backend().info().name();
    assumeThat(name).doesNotStartWith("checking-").isNotEqualTo("plain");
  }

  @Test
  void aProcessThatExitsWhileThreadsComputeHasTheExitCodeThatItAskedFor(TestReporter reporter)
      throws Exception {
    Random random = seeded(reporter);
    for (int i = 0; i < TRIES; i++) {
      Process process = start(1 + random.nextInt(700));
      assertThat(endOf(process)).isEqualTo(EndlessRuns.EXIT);
    }
  }

  @Test
  void aProcessThatIsAskedToEndWhileThreadsComputeEndsByThatSignal(TestReporter reporter)
      throws Exception {
    Random random = seeded(reporter);
    for (int i = 0; i < TRIES; i++) {
      Process process = start(0);
      Thread.sleep(1 + random.nextInt(700));
      process.toHandle().destroy();
      assertThat(endOf(process)).as("128 + SIGTERM").isEqualTo(143);
    }
  }

  private static Random seeded(TestReporter reporter) {
    long seed = System.nanoTime();
    reporter.publishEntry("seed of the moments", Long.toString(seed));
    return new Random(seed);
  }

  private Process start(int millis) throws IOException, InterruptedException {
    Path computing = folder.resolve("computing");
    Files.deleteIfExists(computing);
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            EndlessRuns.class.getName(),
            backend().info().name(),
            Integer.toString(LENGTH),
            Integer.toString(millis),
            computing.toString());
    Process process = command.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    while (!Files.exists(computing)) {
      assertThat(process.isAlive()).as("it ended before it computed, log %s", log()).isTrue();
      Thread.sleep(10);
    }
    return process;
  }

  private int endOf(Process process) throws Exception {
    int code = process.waitFor();
    assertThat(Files.readAllLines(log()))
        .as("what it told when it ended with %d", code)
        .noneMatch(ProcessEndTests::isCrash);
    return code;
  }

  private Path log() {
    return folder.resolve("log.txt");
  }

  private static boolean isCrash(String line) {
    return line.contains("fatal error") || line.contains("SIGSEGV") || line.contains("terminate");
  }
}
