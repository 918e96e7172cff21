package org.pmf4j.cli.robustness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.pmf4j.cli.Main;

/**
 * A JVM that is disturbed: it runs the command, or another main class of these tests.
 *
 * @param log what it wrote
 */
record CommandProcess(Process process, Path log) {
  /** How a shell that has shown a process's signals as its exit codes counts them. */
  static final int SIGNALLED = 128;

  /** What may befall it. */
  enum Signal {
    HUP(1),
    INT(2),
    TERM(15),
    KILL(9);

    final int number;

    Signal(int number) {
      this.number = number;
    }
  }

  /** The words of a JVM for a command of pmf. */
  static List<String> pmf(List<String> words) {
    List<String> all = java(Main.class);
    all.addAll(words);
    return all;
  }

  /** The words of a JVM up to the main class. */
  static List<String> java(Class<?> main) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
  }

  /**
   * Starts one.
   *
   * @param folder where it works, and where a JVM that dies leaves its hs_err file
   */
  static CommandProcess start(Path folder, List<String> words) throws IOException {
    Files.createDirectories(folder);
    Path log = Files.createTempFile(folder, "process", ".log");
    // Whoever starts this build in the background has it ignore Ctrl-C, which is inherited
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PMF_CACHE", folder.resolve("cache").toString());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new CommandProcess(builder.start(), log);
  }

  /** Starts a command of pmf that says something as soon as it hears signals. */
  static CommandProcess startToHear(Path folder, List<String> words) throws IOException {
    List<String> telling = new ArrayList<>(words);
    telling.add("--verbose");
    return start(folder, pmf(telling));
  }

  /**
   * Waits until it has said something: until then a JVM may still be starting, which a signal ends
   * without a word, and on a machine that is busy later than it did before.
   *
   * @return false if it has ended
   */
  boolean hears() throws IOException, InterruptedException {
    while (process.isAlive() && told().isEmpty()) {
      Thread.sleep(5);
    }
    return process.isAlive();
  }

  /** Waits for a random moment; false if it has ended before. */
  boolean isAliveAfter(Random random, long least, long most) throws InterruptedException {
    return !process.waitFor(random.nextLong(least, most), TimeUnit.MILLISECONDS);
  }

  void send(Signal signal) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal.name(), String.valueOf(process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /**
   * Waits for its end.
   *
   * @return the exit code, or −1 if it hung and was killed, with all its stacks in the log
   */
  int end(int seconds) throws IOException, InterruptedException {
    if (process.waitFor(seconds, TimeUnit.SECONDS)) {
      return process.exitValue();
    }
    new ProcessBuilder("kill", "-QUIT", String.valueOf(process.pid())).start().waitFor();
    process.waitFor(2, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    return -1;
  }

  String told() throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
  }
}
