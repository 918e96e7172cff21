package org.pmf4j.bench.process;

import java.nio.file.Path;
import org.pmf4j.api.error.ErrorKind;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.bench.json.JsonFile;
import org.pmf4j.core.progress.StopSignals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in a child JVM. Files of one folder are all that it shares with its parent: {@code
 * input.json}, then {@code result.json} or {@code failure.json}, and {@code progress.txt}
 * meanwhile.
 */
final class Child {
  static final String INPUT = "input.json";
  static final String RESULT = "result.json";
  static final String FAILURE = "failure.json";
  static final String PROGRESS = "progress.txt";

  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  private Child() {}

  /**
   * Why a child failed.
   *
   * @param kind of the failure
   * @param message one line
   */
  record Failure(ErrorKind kind, String message) {}

  /**
   * Runs a task.
   *
   * @param args names of the classes of task and input, and the folder
   */
  public static void main(String[] args) {
    endWithParent();
    StopSignals signals = StopSignals.install(signal -> {});
    Path folder = Path.of(args[2]);
    int code = 0;
    try (ProgressFile progress = ProgressFile.append(folder.resolve(PROGRESS))) {
      ChildTask<Object, Object> task = task(args[0]);
      Object input = JsonFile.read(folder.resolve(INPUT), Class.forName(args[1]));
      JsonFile.write(folder.resolve(RESULT), task.run(input, progress.until(signals::requested)));
    } catch (PmfException e) {
      fail(folder, e.kind(), e.getMessage());
      code = 1;
    } catch (OutOfMemoryError e) {
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      fail(folder, ErrorKind.ENVIRONMENT, "out of memory (its Java heap has " + heap + " MiB)");
      code = 1;
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      LOG.error("a bug", e); // into the log that the parent keeps
      fail(folder, ErrorKind.COMPUTATION, "this is a bug: " + e.getMessage());
      code = 1;
    }
    // Engines may have threads of their own that would keep the process
    System.exit(code);
  }

  private static void fail(Path folder, ErrorKind kind, String message) {
    String line = String.join(" ", String.valueOf(message).lines().map(String::strip).toList());
    JsonFile.write(folder.resolve(FAILURE), new Failure(kind, line));
  }

  @SuppressWarnings("unchecked")
  private static ChildTask<Object, Object> task(String name) throws ReflectiveOperationException {
    return (ChildTask<Object, Object>)
        Class.forName(name).asSubclass(ChildTask.class).getConstructor().newInstance();
  }

  /** A parent that is killed could not end its child itself. */
  private static void endWithParent() {
    ProcessHandle.current().parent().ifPresent(Child::endWith);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // nobody is left to be told
  private static void endWith(ProcessHandle parent) {
    parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
  }
}
