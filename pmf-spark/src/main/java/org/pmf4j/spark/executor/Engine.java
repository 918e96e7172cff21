package org.pmf4j.spark.executor;

import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.TaskContext;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.core.Pmf;
import org.pmf4j.spark.executor.Shared.Lease;

/**
 * An engine as executors are to open it: once in each process, for all tasks. Immutable, so that
 * any number of threads may share it.
 *
 * @param backend its name, such as {@code djl}
 * @param device {@code cpu}, {@code cuda} …, or {@code auto}
 * @param threads that one operation may use; 0 for as many as Spark gives a task ({@code
 *     spark.task.cpus})
 */
public record Engine(String backend, String device, int threads) implements Serializable {
  /** The default backend on the best device, with the threads of a task. */
  public static final Engine DEFAULT = new Engine(Pmf.DEFAULT_BACKEND, "auto", 0);

  /** How long what nobody uses stays open: longer than a driver thinks between two jobs. */
  public static final Duration IDLE = Duration.ofSeconds(60);

  private static final Shared<Engine, Pmf> OPEN = new Shared<>("the engine", IDLE);

  /** The engine of this process; the caller closes the lease, and nothing else. */
  public Lease<Pmf> lease() {
    Engine settled = new Engine(backend, device, threads == 0 ? threadsOfTask() : threads);
    return OPEN.lease(
        settled,
        () -> Pmf.open(settled.backend(), new BackendOptions(settled.device(), settled.threads())));
  }

  private static int threadsOfTask() {
    TaskContext task = TaskContext.get();
    return task == null ? 1 : task.cpus();
  }
}
