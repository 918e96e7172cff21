package org.pmf4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A cluster on this machine: a master and two workers, whose executors are processes of their own.
 * One for all tests of a process, since it takes seconds to start; Spark stops it with the process.
 */
public final class LocalCluster {
  /** Executors, cores of each, and megabytes of each. */
  private static final String MASTER = "local-cluster[2,1,1024]";

  /** What is waited for takes seconds where nothing else runs. */
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

  private static SparkSession session;

  private LocalCluster() {}

  public static synchronized SparkSession session() {
    if (session == null) {
      Path home = Path.of(System.getenv("SPARK_HOME"));
      home(home);
      session =
          SparkSession.builder()
              .master(MASTER)
              .appName("tests of pmf-spark")
              .config("spark.ui.enabled", "false")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
              .config("spark.executor.memory", "768m")
              .config("spark.executorEnv.OMP_WAIT_POLICY", "passive")
              .config("spark.executorEnv.OPT_OUT_TRACKING", "true")
              .config("spark.executor.extraJavaOptions", "-XX:+UseSerialGC -Dai.djl.offline=true")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.pmf.localDir", home.resolveSibling("copies").toString())
              .config("spark.hadoop.fs.shelf.impl", Shelf.class.getName())
              .config("spark.hadoop.ipc.client.connect.max.retries", "1")
              .config("spark.hadoop.ipc.client.connect.retry.interval", "100")
              // A lost executor is told of at once, and a task that fails for good not tried anew
              .config("spark.task.maxFailures", "2")
              .getOrCreate();
    }
    return session;
  }

  public static JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session().sparkContext());
  }

  /** Waits for tasks that still run though their job has failed: each ends after its row. */
  public static void awaitIdle() {
    var tracker = session().sparkContext().statusTracker();
    for (long end = System.nanoTime() + PATIENCE; System.nanoTime() < end; ) {
      if (Stream.of(tracker.getExecutorInfos()).allMatch(e -> e.numRunningTasks() == 0)) {
        return;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    throw new AssertionError("tasks still run after minutes");
  }

  /** By executor, the id of its process; of one that was lost, its successor's. */
  public static Map<String, Long> processes() {
    Map<String, Long> found = new TreeMap<>();
    for (long end = System.nanoTime() + PATIENCE; found.size() < 2 && System.nanoTime() < end; ) {
      List<Integer> tasks = new ArrayList<>(List.of(0, 1, 2, 3));
      context()
          .parallelize(tasks, tasks.size())
          .map(
              i -> {
                Thread.sleep(100); // so that one executor does not take them all
                return executor() + " " + ProcessHandle.current().pid();
              })
          .collect()
          .forEach(e -> found.put(e.split(" ")[0], Long.valueOf(e.split(" ")[1])));
    }
    return found;
  }

  /** A launcher of executors asks for a folder with Spark's jars, whatever the class path is. */
  private static void home(Path home) {
    try {
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path jar = Path.of(entry);
        if (Files.isRegularFile(jar)) {
          link(jars.resolve(jar.getFileName()), jar);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path jar) throws IOException {
    try {
      Files.createSymbolicLink(link, jar);
    } catch (FileAlreadyExistsException e) {
      // From an earlier run
    }
  }

  /** For tasks: which executor runs them. */
  public static String executor() {
    return SparkEnv.get().executorId();
  }
}
