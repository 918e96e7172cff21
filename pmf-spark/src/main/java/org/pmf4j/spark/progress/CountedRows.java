package org.pmf4j.spark.progress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.pmf4j.core.progress.Progress.Bar;
import scala.Option;
import scala.Tuple4;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Moves a bar by the rows that tasks count: when a task ends, and in between as often as executors
 * tell the driver of those that run (every ten seconds, {@code spark.executor.heartbeatInterval}).
 * A task that is computed anew counts its rows once. Several threads may use it at once.
 */
public final class CountedRows implements AutoCloseable {
  private final SparkContext context;
  private final Bar bar;
  private final Set<String> counters;
  private final Map<Long, Long> ofTasks = new HashMap<>();
  private final SparkListener listener = new Listener();
  private long shown;

  /**
   * Begins to count.
   *
   * @param bar which this closes
   * @param counters names of accumulators, whose sum it shows
   */
  public CountedRows(SparkContext context, Bar bar, Set<String> counters) {
    this.context = context;
    this.bar = bar;
    this.counters = Set.copyOf(counters);
    context.addSparkListener(listener);
  }

  private final class Listener extends SparkListener {
    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      if (event.taskInfo().successful()) {
        counted(event.taskInfo().taskId(), event.taskInfo().accumulables());
      } else {
        lost(event.taskInfo().taskId());
      }
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate event) {
      for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
          CollectionConverters.asJava(event.accumUpdates())) {
        counted((Long) task._1(), task._4());
      }
    }
  }

  private synchronized void counted(long task, Seq<AccumulableInfo> accumulables) {
    long rows = 0;
    List<AccumulableInfo> all = CollectionConverters.asJava(accumulables);
    for (AccumulableInfo one : all) {
      Option<Object> update = one.update();
      if (one.name().exists(counters::contains) && update.isDefined()) {
        rows += ((Number) update.get()).longValue();
      }
    }
    ofTasks.merge(task, rows, Math::max);
    show(ofTasks.values().stream().mapToLong(n -> n).sum());
  }

  private synchronized void lost(long task) {
    ofTasks.remove(task);
  }

  /** Never back: a bar that has told of a lost task's rows waits for them. */
  private void show(long rows) {
    if (rows > shown) {
      bar.advance(rows - shown, "");
      shown = rows;
    }
  }

  /**
   * Tells how many rows there were in the end, since events of the last tasks may be on their way
   * still.
   */
  public synchronized void ended(long rows) {
    show(rows);
  }

  /** Ends the bar. */
  @Override
  public void close() {
    context.removeSparkListener(listener);
    synchronized (this) {
      bar.close();
    }
  }
}
