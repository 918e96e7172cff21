package org.pmf4j.cli.robustness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.pmf4j.cli.robustness.Worker.Reply;

/** A {@link Worker} in a JVM of its own, started anew when it has died or was killed. */
final class WorkerProcess implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String END = "end";

  private final Path folder;
  private final List<String> options;
  private Process process;
  private Writer words;
  private BlockingQueue<String> lines;
  private int starts;

  /**
   * A worker that starts with its first command.
   *
   * @param folder where it works and leaves its log
   * @param options of the JVM
   */
  WorkerProcess(Path folder, String... options) {
    this.folder = folder;
    this.options = List.of(options);
  }

  /** What a command of a worker ended in: a reply, or the process's own end. */
  record Answer(Optional<Reply> reply, boolean killed, String end) {}

  /**
   * Runs a command.
   *
   * @param seconds after which the worker is killed
   */
  Answer run(List<String> command, int seconds) throws IOException, InterruptedException {
    if (process == null || !process.isAlive()) {
      start();
    }
    try {
      words.write(MAPPER.writeValueAsString(command) + "\n");
      words.flush();
    } catch (IOException e) {
      return died();
    }
    String line = lines.poll(seconds, TimeUnit.SECONDS);
    if (line == null) {
      process.destroyForcibly().waitFor();
      return new Answer(Optional.empty(), true, "no answer within " + seconds + " s: killed");
    }
    return line.equals(END)
        ? died()
        : new Answer(Optional.of(MAPPER.readValue(line, Reply.class)), false, "");
  }

  private Answer died() throws IOException, InterruptedException {
    int code = process.waitFor();
    List<String> log =
        new String(Files.readAllBytes(log()), StandardCharsets.UTF_8).lines().toList();
    String last = String.join("\n", log.subList(Math.max(0, log.size() - 20), log.size()));
    return new Answer(Optional.empty(), false, "the process ended with " + code + "\n" + last);
  }

  private void start() throws IOException {
    Files.createDirectories(folder);
    starts++;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Dai.djl.offline=true",
            "-Djava.awt.headless=true",
            "-XX:ErrorFile=" + folder.resolve("hs_err_%p.log")));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("PMF_CACHE", folder.resolve("no-cache").toString());
    builder.environment().put("OMP_WAIT_POLICY", "passive");
    builder.redirectError(log().toFile());
    Process started = builder.start();
    process = started;
    words = started.outputWriter(StandardCharsets.UTF_8);
    lines = new LinkedBlockingQueue<>();
    BlockingQueue<String> replies = lines;
    Thread reader = new Thread(() -> read(started, replies), "replies");
    reader.setDaemon(true);
    reader.start();
  }

  private Path log() {
    return folder.resolve("worker-" + starts + ".log");
  }

  private static void read(Process process, BlockingQueue<String> replies) {
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Stream<String> all = out.lines()) {
      all.filter(l -> l.startsWith(Worker.REPLY))
          .forEach(l -> replies.add(l.substring(Worker.REPLY.length())));
    } catch (IOException | UncheckedIOException e) {
      // The process was killed while its last line was read
    }
    replies.add(END);
  }

  /** Processes started so far. */
  int starts() {
    return starts;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
