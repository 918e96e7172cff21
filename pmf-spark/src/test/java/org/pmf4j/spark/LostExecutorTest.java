package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An executor that is killed while it predicts")
class LostExecutorTest {
  private static final int COPIES = 12;
  private static final int PARTITIONS = 16;
  private static final int BEFORE = 4;
  private static final String SPARE = "spare";
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);

  @TempDir private Path folder;

  @Test
  @DisplayName("is missed in no row, and changes none")
  void isNotMissed() throws Exception {
    Map<String, Object> expected = new HashMap<>();
    for (Row row : predicted(TinyModel.rows()).collectAsList()) {
      expected.put(row.getAs("id"), row.getAs("logits"));
    }
    List<Row> copies = new ArrayList<>();
    for (int copy = 0; copy < COPIES; copy++) {
      copies.addAll(TinyModel.rows().collectAsList());
    }
    long victim = LocalCluster.processes().values().iterator().next();
    AtomicReference<String> killed = new AtomicReference<>("not killed: no task had ended");
    Path mark = folder.resolve("killed");
    Thread killer = new Thread(() -> killed.set(killAmong(victim, mark)), "killer");
    killer.start();
    // No shuffle, whose files would be lost, too: the waiting for those is Spark's
    Dataset<Row> table =
        LocalCluster.session()
            .createDataFrame(
                LocalCluster.context()
                    .parallelize(copies, PARTITIONS)
                    .mapPartitionsWithIndex(lasting(mark.toString()), true),
                TinyModel.rows().schema().add(SPARE, DataTypes.BooleanType));
    List<Row> rows = predicted(table).where("not " + SPARE).collectAsList();
    killer.join();
    assertThat(killed).hasValue("killed");
    Map<String, Integer> seen = new HashMap<>();
    for (Row row : rows) {
      String id = row.getAs("id");
      seen.merge(id, 1, Integer::sum);
      Object logits = row.getAs("logits");
      assertThat(logits).as(id).isEqualTo(expected.get(id));
    }
    assertThat(seen).hasSameSizeAs(expected).allSatisfy((id, n) -> assertThat(n).isEqualTo(COPIES));
    assertThat(LocalCluster.processes().values())
        .as("another has taken its place")
        .hasSize(2)
        .doesNotContain(victim);
  }

  private static Dataset<Row> predicted(Dataset<Row> table) {
    return TinyModel.transformer().setBatchSize(1).setLogitsCol("logits").transform(table);
  }

  /** Once some partitions are done, the others last until the executor is killed. */
  private static Function2<Integer, Iterator<Row>, Iterator<Row>> lasting(String mark) {
    return (partition, rows) -> new Lasting(rows, partition >= BEFORE, Path.of(mark));
  }

  /** Rows, one of which comes again and again, as a spare one, until there is a file. */
  private static final class Lasting implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final boolean lasts;
    private final Path mark;
    private final long end = System.nanoTime() + PATIENCE;
    private Row last;

    Lasting(Iterator<Row> rows, boolean lasts, Path mark) {
      this.rows = rows;
      this.lasts = lasts;
      this.mark = mark;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      boolean spare = lasts && last != null && !Files.exists(mark) && System.nanoTime() < end;
      last = spare ? last : rows.next();
      Object[] cells = new Object[last.size() + 1];
      for (int i = 0; i < last.size(); i++) {
        cells[i] = last.get(i);
      }
      cells[last.size()] = spare;
      return RowFactory.create(cells);
    }
  }

  /**
   * As {@code kill -9}, once some tasks have ended and others run; makes a file when it is done.
   */
  private static String killAmong(long process, Path mark) {
    for (long end = System.nanoTime() + PATIENCE; System.nanoTime() < end; ) {
      var tracker = LocalCluster.context().statusTracker();
      for (int id : tracker.getActiveStageIds()) {
        SparkStageInfo stage = tracker.getStageInfo(id);
        if (stage != null
            && stage.numTasks() == PARTITIONS
            && stage.numCompletedTasks() >= BEFORE
            && stage.numActiveTasks() > 0) {
          boolean killed = ProcessHandle.of(process).orElseThrow().destroyForcibly();
          return make(mark, killed ? "killed" : "not killed");
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return "not killed: no task had ended";
  }

  private static String make(Path mark, String told) {
    try {
      Files.writeString(mark, told);
      return told;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
