package org.pmf4j.spark.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.data.Example;
import org.pmf4j.core.progress.Progress;
import org.pmf4j.core.progress.Progress.Bar;
import org.pmf4j.core.run.Shard;
import org.pmf4j.core.run.ShardGradients;
import org.pmf4j.core.run.ShardSetup;
import org.pmf4j.core.run.ShardWorkers;
import org.pmf4j.core.trunk.EntryFiles;
import org.pmf4j.spark.Failures;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.hadoop.HadoopSettings;
import org.pmf4j.spark.progress.CountedRows;
import org.pmf4j.spark.step.ShardCounters;
import org.pmf4j.spark.step.StepFacts;
import org.pmf4j.spark.trunk.KeepTask;

/**
 * Executors that compute the gradients of a run: each step is a job with a task for each shard. A
 * task that is lost with its executor is computed anew by another, to the same bits. For one
 * thread, and one run, at a time.
 *
 * @param context of the driver
 * @param engine that executors open
 * @param encoders by name, their places on any Hadoop file system, all that the run has
 * @param caches folder of all caches of trunk outputs, on any Hadoop file system
 */
public record SparkWorkers(
    JavaSparkContext context, Engine engine, Map<String, String> encoders, String caches)
    implements ShardWorkers {
  /** Copies the map. */
  public SparkWorkers {
    encoders = Map.copyOf(encoders);
  }

  @Override
  public Session begin(ShardSetup setup) {
    SentRun run =
        new SentRun(
            UUID.randomUUID().toString(), engine, setup, new LinkedHashMap<>(encoders), caches);
    return new Executors(
        context,
        run,
        context.broadcast(run),
        context.broadcast(HadoopSettings.of(context.hadoopConfiguration())));
  }

  private static final class Executors implements Session {
    /** Tasks for each core, so that none waits long for the last. */
    private static final int TASKS_FOR_EACH = 4;

    private static final String KEPT = "rows encoded";

    private final JavaSparkContext context;
    private final String root;
    private final Broadcast<SentRun> run;
    private final Broadcast<HadoopSettings> hadoop;
    private final ShardCounters counters;
    private long step;

    Executors(
        JavaSparkContext context,
        SentRun sent,
        Broadcast<SentRun> run,
        Broadcast<HadoopSettings> hadoop) {
      this.context = context;
      this.root = sent.caches();
      this.run = run;
      this.hadoop = hadoop;
      this.counters = ShardCounters.in(context.sc());
    }

    @Override
    public Optional<Function<String, EntryFiles>> caches() {
      return Optional.of(OpenRun.caches(root, context.hadoopConfiguration()));
    }

    @Override
    public void fill(List<Example> examples, Progress progress) {
      List<SentShard.SentRow> rows = examples.stream().map(SentShard.SentRow::of).toList();
      int tasks = Math.min(rows.size(), TASKS_FOR_EACH * context.defaultParallelism());
      LongAccumulator kept = context.sc().longAccumulator(KEPT);
      LongAccumulator computed = context.sc().longAccumulator("samples computed");
      Broadcast<SentRun> sent = run;
      KeepTask<SentShard.SentRow> task =
          new KeepTask<>(h -> OpenRun.keeper(sent.value(), h), hadoop, kept, computed);
      context.sc().setJobDescription("what the fusion layers start from, into " + root);
      Bar bar = progress.begin("encode", rows.size(), "rows");
      try (CountedRows shown = new CountedRows(context.sc(), bar, Set.of(KEPT))) {
        run(
            () -> {
              context.parallelize(rows, tasks).foreachPartition(task);
              return null;
            });
        shown.ended(rows.size());
      }
    }

    @Override
    public List<ShardGradients> compute(
        int epoch, Map<String, HostTensor> parameters, List<Shard> shards) {
      step++;
      context
          .sc()
          .setJobDescription(
              String.format(Locale.ROOT, "epoch %d, step %d of this run", epoch + 1, step));
      long begin = System.nanoTime();
      SentTensors sent = SentTensors.of(parameters);
      Broadcast<SentTensors> values = context.broadcast(sent);
      int rows = shards.stream().mapToInt(shard -> shard.rows().size()).sum();
      long packed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      new StepFacts(step, epoch + 1, rows, sent.size(), packed).give(context.sc());
      try {
        return gradients(values, shards);
      } finally {
        StepFacts.clear(context.sc());
        values.destroy();
      }
    }

    private List<ShardGradients> gradients(Broadcast<SentTensors> values, List<Shard> shards) {
      List<SentShard> sent = new ArrayList<>();
      for (Shard shard : shards) {
        sent.add(SentShard.of(sent.size(), shard));
      }
      GradientTask task = new GradientTask(run, hadoop, step, values, counters);
      // In the order of partitions, whichever ends first
      return run(
          () ->
              context.parallelize(sent, sent.size()).map(task).collect().stream()
                  .map(SentGradients::gradientsOfShard)
                  .toList());
    }

    private <T> T run(Callable<T> job) {
      try {
        return job.call();
      } catch (Exception e) { // Spark's checked one is not declared
        throw Failures.known(e)
            .map(known -> new PmfException(known.kind(), known.getMessage(), e))
            .orElseGet(() -> PmfException.environment(Failures.line(e), e));
      } finally {
        context.sc().setJobDescription(null);
      }
    }

    @Override
    public void close() {
      run.destroy();
      hadoop.destroy();
    }
  }
}
