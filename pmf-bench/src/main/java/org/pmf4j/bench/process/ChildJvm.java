package org.pmf4j.bench.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.core.file.FolderRemoval;
import org.pmf4j.core.progress.Progress;

/**
 * Runs tasks in JVMs of their own, one after the other, with the class path of this one. A child
 * ends with its parent, also where that is killed, and stops where that is asked to. Immutable, so
 * that any number of threads may share it.
 *
 * @param heap the largest Java heap, as -Xmx takes it; tensors live outside of it
 */
public record ChildJvm(String heap) {
  private static final int MILLISECONDS = 200;

  /** Children with as large a heap as this process has. */
  public static ChildJvm likeThis() {
    return new ChildJvm((Runtime.getRuntime().maxMemory() >> 20) + "m");
  }

  /**
   * Runs a task and waits for it.
   *
   * @param name what the task is called in messages
   * @param result the class of what comes back
   * @param progress shows the child's
   * @throws PmfException if the child failed: as it failed itself, or with the last line that it
   *     wrote where it came to a sudden end
   */
  public <I, O> O run(
      String name,
      Class<? extends ChildTask<I, O>> task,
      I input,
      Class<O> result,
      Progress progress) {
    Path folder = makeFolder();
    try {
      JsonFile.write(folder.resolve(Child.INPUT), input);
      progress.checkStop("before " + name);
      int code = start(folder, task.getName(), input.getClass().getName(), progress);
      Path file = folder.resolve(Child.RESULT);
      if (code == 0 && Files.exists(file)) {
        return JsonFile.read(file, result);
      }
      if (progress.stopRequested() && !Files.exists(folder.resolve(Child.FAILURE))) {
        throw PmfException.stopped("stopped in " + name);
      }
      throw failure(name, folder, code);
    } finally {
      FolderRemoval.attempt(folder);
    }
  }

  private int start(Path folder, String task, String input, Progress progress) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx" + heap));
    command.addAll(List.of("-Dai.djl.offline=true", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
    command.addAll(List.of(task, input, folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    EngineEnvironment.complete(builder.environment());
    builder.redirectErrorStream(true).redirectOutput(log(folder).toFile());
    try {
      return follow(builder.start(), folder, progress);
    } catch (IOException e) {
      throw PmfException.environment("a JVM cannot be started: " + FileErrors.reason(e), e);
    }
  }

  private static int follow(Process process, Path folder, Progress progress) {
    Thread ending = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(ending);
    try (ProgressFile.Follower shown =
        new ProgressFile.Follower(folder.resolve(Child.PROGRESS), progress)) {
      boolean told = false;
      while (!process.waitFor(MILLISECONDS, TimeUnit.MILLISECONDS)) {
        shown.catchUp();
        if (!told && progress.stopRequested()) {
          process.destroy(); // which the child takes as being asked to stop
          told = true;
        }
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PmfException.stopped("stopped while a child process worked");
    } finally {
      process.destroyForcibly();
      release(ending);
    }
  }

  private static void release(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // this process is ending, and the hook with it
    }
  }

  private static PmfException failure(String name, Path folder, int code) {
    Path told = folder.resolve(Child.FAILURE);
    if (Files.exists(told)) {
      Child.Failure f = JsonFile.read(told, Child.Failure.class);
      return new PmfException(f.kind(), name + ": " + f.message(), null);
    }
    String how = code > 128 ? "was killed by signal " + (code - 128) : "ended with code " + code;
    String last = lastLine(folder).map(l -> "; its last line: " + l).orElse("");
    return new PmfException(ErrorKind.ENVIRONMENT, name + ": its process " + how + last, null);
  }

  private static Optional<String> lastLine(Path folder) {
    try {
      String text = Files.readString(log(folder), StandardCharsets.UTF_8);
      return text.lines().map(String::strip).filter(l -> !l.isEmpty()).reduce((a, b) -> b);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("log.txt");
  }

  private static Path makeFolder() {
    try {
      return Files.createTempDirectory("pmf-child-");
    } catch (IOException e) {
      throw FileErrors.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }
}
