package org.pmf4j.testkit.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How a process ends while its threads compute: with the exit code that it was to have, and not in
 * native code whose static objects were destroyed under it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ProcessEndTests extends BackendTests {
  private static final int TRIES = Integer.getInteger("pmf.process-end.tries", 2);

  /** So long that one attention takes longer than the JVM itself waits for native code, 0.3 s. */
  private static final int LENGTH = 2048;

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
  void aProcessThatExitsWhileThreadsComputeHasTheExitCodeThatItAskedFor() throws Exception {
    Random random = seeded();
    for (int i = 0; i < TRIES; i++) {
      Process process = start(1 + random.nextInt(700));
      assertThat(endOf(process)).isEqualTo(EndlessRuns.EXIT);
    }
  }

  @Test
  void aProcessThatIsAskedToEndWhileThreadsComputeEndsByThatSignal() throws Exception {
    Random random = seeded();
    for (int i = 0; i < TRIES; i++) {
      Process process = start(0);
      Thread.sleep(1 + random.nextInt(700));
      process.toHandle().destroy();
      assertThat(endOf(process)).as("128 + SIGTERM").isEqualTo(143);
    }
  }

  private static Random seeded() {
    long seed = System.nanoTime();
    System.out.println("seed of the moments: " + seed);
    return new Random(seed);
  }

  private Process start(int millis) throws IOException {
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
            Integer.toString(millis));
    command.redirectErrorStream(true);
    Process process = command.start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.equals(EndlessRuns.COMPUTING)) {
        return process;
      }
    }
    throw new AssertionError("the process ended before it computed");
  }

  private static int endOf(Process process) throws Exception {
    List<String> told;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      told = out.lines().collect(Collectors.toList());
    }
    int code = process.waitFor();
    assertThat(told)
        .as("what it told when it ended with %d", code)
        .noneMatch(ProcessEndTests::isCrash);
    return code;
  }

  private static boolean isCrash(String line) {
    return line.contains("fatal error") || line.contains("SIGSEGV") || line.contains("terminate");
  }
}
