package org.pmf4j.spark.step;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.file.FileErrors;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes a line of JSON for each step of training: when its job began and ended, and of each task
 * what Spark has measured. It is asked for by settings of Spark alone, {@code
 * spark.extraListeners=org.pmf4j.spark.step.StepLog} and {@code spark.pmf.steps=FILE}. All times
 * are whole milliseconds. Spark calls it by one thread at a time.
 */
public final class StepLog extends SparkListener {
  /** The setting that names the file. */
  public static final String FILE = "spark.pmf.steps";

  private final Path file;
  private final int cpusOfTask;
  private final Map<String, Integer> cores = new HashMap<>();
  private final Map<Integer, Job> jobs = new HashMap<>();
  private final Map<Integer, Job> jobOfStage = new HashMap<>();

  /**
   * A log that begins empty.
   *
   * @throws PmfException if {@value #FILE} is not set, or its file cannot be written
   */
  public StepLog(SparkConf conf) {
    if (!conf.contains(FILE)) {
      throw PmfException.usage(FILE + " must name the file that steps are written to");
    }
    file = Path.of(conf.get(FILE));
    cpusOfTask = conf.getInt("spark.task.cpus", 1);
    write("", StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static final class Job {
    private final StepFacts facts;
    private final long began;
    private final long slots;
    private final List<String> tasks = new ArrayList<>();
    private long failed;

    Job(StepFacts facts, long began, long slots) {
      this.facts = facts;
      this.began = began;
      this.slots = slots;
    }
  }

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded event) {
    cores.put(event.executorId(), event.executorInfo().totalCores());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
    cores.remove(event.executorId());
  }

  @Override
  public void onJobStart(SparkListenerJobStart event) {
    StepFacts.of(event.properties())
        .ifPresent(
            facts -> {
              Job job = new Job(facts, event.time(), slots());
              jobs.put(event.jobId(), job);
              for (Object stage : CollectionConverters.asJava(event.stageIds())) {
                jobOfStage.put((Integer) stage, job);
              }
            });
  }

  /** How many tasks run at once. */
  private long slots() {
    return cores.values().stream().mapToLong(c -> c / cpusOfTask).sum();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd event) {
    Job job = jobOfStage.get(event.stageId());
    if (job == null) {
      return;
    }
    if (event.taskInfo().successful()) {
      job.tasks.add(object(task(job, event.taskInfo(), event.taskMetrics())));
    } else {
      job.failed++;
    }
  }

  private static Map<String, Long> task(Job job, TaskInfo info, TaskMetrics spent) {
    Map<String, Long> task = new LinkedHashMap<>();
    task.put("shard", (long) info.index());
    task.put("launchedMs", info.launchTime() - job.began);
    task.put("finishedMs", info.finishTime() - job.began);
    // 0 where the result came with the message that the task had ended
    long fetched = info.gettingResultTime();
    task.put("gettingMs", fetched == 0 ? 0 : info.finishTime() - fetched);
    task.put("deserializeMs", spent.executorDeserializeTime());
    task.put("runMs", spent.executorRunTime());
    task.put("cpuMs", TimeUnit.NANOSECONDS.toMillis(spent.executorCpuTime()));
    task.put("serializeMs", spent.resultSerializationTime());
    task.put("collectedGarbageMs", spent.jvmGCTime());
    task.put("resultBytes", spent.resultSize());
    task.put("unpackMs", counted(info, ShardCounters.UNPACK));
    task.put("computeMs", counted(info, ShardCounters.COMPUTE));
    return task;
  }

  private static long counted(TaskInfo info, String name) {
    for (AccumulableInfo one : CollectionConverters.asJava(info.accumulables())) {
      Option<Object> update = one.update();
      if (one.name().contains(name) && update.isDefined()) {
        return ((Number) update.get()).longValue();
      }
    }
    return 0;
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd event) {
    Job job = jobs.remove(event.jobId());
    if (job == null) {
      return;
    }
    jobOfStage.values().removeIf(j -> j == job);
    Map<String, Long> step = job.facts.all();
    step.put("slots", job.slots);
    step.put("beganMs", job.began);
    step.put("tookMs", event.time() - job.began);
    step.put("failedTasks", job.failed);
    String numbers = object(step);
    String tasks = String.join(",", job.tasks);
    write(
        numbers.substring(0, numbers.length() - 1) + ",\"tasks\":[" + tasks + "]}\n",
        StandardOpenOption.APPEND);
  }

  /** Names that need no escapes, and whole numbers. */
  private static String object(Map<String, Long> numbers) {
    return numbers.entrySet().stream()
        .map(n -> "\"" + n.getKey() + "\":" + n.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private void write(String text, StandardOpenOption... how) {
    try {
      Files.write(file, text.getBytes(StandardCharsets.UTF_8), how);
    } catch (IOException e) {
      throw FileErrors.cannotWrite(file, e);
    }
  }
}
