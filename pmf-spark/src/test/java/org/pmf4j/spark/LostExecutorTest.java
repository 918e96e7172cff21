package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An executor that is killed while it predicts")
class LostExecutorTest {
  private static final int COPIES = 12;
  private static final int PARTITIONS = 16;
  private static final int BEFORE = 4;

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
    Thread killer = new Thread(() -> killed.set(killAmong(victim)), "killer");
    killer.start();
    // No shuffle, whose files would be lost, too: the waiting for those is Spark's
    Dataset<Row> table =
        LocalCluster.session()
            .createDataFrame(
                LocalCluster.context().parallelize(copies, PARTITIONS), TinyModel.rows().schema());
    List<Row> rows = predicted(table).collectAsList();
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

  /** As {@code kill -9}, once some tasks have ended and others run. */
  private static String killAmong(long process) {
    for (int i = 0; i < 6_000; i++) {
      var tracker = LocalCluster.context().statusTracker();
      for (int id : tracker.getActiveStageIds()) {
        SparkStageInfo stage = tracker.getStageInfo(id);
        if (stage != null
            && stage.numTasks() == PARTITIONS
            && stage.numCompletedTasks() >= BEFORE
            && stage.numActiveTasks() > 0) {
          return ProcessHandle.of(process).orElseThrow().destroyForcibly()
              ? "killed"
              : "not killed";
        }
      }
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        return "interrupted";
      }
    }
    return "not killed: no task had ended";
  }
}
