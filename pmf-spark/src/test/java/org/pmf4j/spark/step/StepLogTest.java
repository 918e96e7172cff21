package org.pmf4j.spark.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.json.Json;
import org.pmf4j.spark.LocalCluster;

@DisplayName("The log of steps")
class StepLogTest {
  @TempDir private Path folder;

  private StepLog log(Path file) {
    return new StepLog(new SparkConf(false).set(StepLog.FILE, file.toString()));
  }

  @Test
  @DisplayName("has a line for each step, with the times of each shard, and none for other jobs")
  void lines() throws Exception {
    Path file = folder.resolve("steps.jsonl");
    StepLog log = log(file);
    SparkContext context = LocalCluster.context().sc();
    ShardCounters counters = ShardCounters.in(context);
    context.addSparkListener(log);
    try {
      new StepFacts(7, 2, 64, 1000, 5).give(context);
      LocalCluster.context()
          .parallelize(List.of(0, 1, 2), 3)
          .map(
              shard -> {
                counters.unpackMs().add(4);
                counters.computeMs().add(11);
                return shard;
              })
          .collect();
      StepFacts.clear(context);
      LocalCluster.context().parallelize(List.of(0), 1).count();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(log);
    }
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1);
    Map<?, ?> step = (Map<?, ?>) Json.value("step", lines.get(0));
    assertThat(step.get("step").toString()).isEqualTo("7");
    assertThat(step.get("epoch").toString()).isEqualTo("2");
    assertThat(step.get("rows").toString()).isEqualTo("64");
    assertThat(step.get("parameterBytes").toString()).isEqualTo("1000");
    assertThat(step.get("failedTasks").toString()).isEqualTo("0");
    List<?> tasks = (List<?>) step.get("tasks");
    assertThat(tasks).hasSize(3);
    for (Object one : tasks) {
      Map<?, ?> task = (Map<?, ?>) one;
      assertThat(task.get("unpackMs").toString()).isEqualTo("4");
      assertThat(task.get("computeMs").toString()).isEqualTo("11");
      long launched = Long.parseLong(task.get("launchedMs").toString());
      assertThat(Long.parseLong(task.get("finishedMs").toString()))
          .isBetween(launched, Long.parseLong(step.get("tookMs").toString()));
    }
  }

  @Test
  @DisplayName("tells in one line what is missing, or cannot be written")
  void bad() {
    assertThatThrownBy(() -> new StepLog(new SparkConf(false)))
        .isInstanceOf(PmfException.class)
        .hasMessage("spark.pmf.steps must name the file that steps are written to");
    Path nowhere = folder.resolve("none/steps.jsonl");
    assertThatThrownBy(() -> log(nowhere))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith(nowhere + ": cannot be written");
  }
}
