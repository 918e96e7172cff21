package org.pmf4j.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.progress.Progress.Bar;
import org.pmf4j.spark.LocalCluster;

@DisplayName("Progress of a job on executors")
class CountedRowsTest {
  private final List<Long> advances = Collections.synchronizedList(new ArrayList<>());
  private boolean closed;

  private final Bar bar =
      new Bar() {
        @Override
        public void advance(long units, String note) {
          advances.add(units);
        }

        @Override
        public void close() {
          closed = true;
        }
      };

  private long shown() {
    return advances.stream().mapToLong(n -> n).sum();
  }

  @Test
  @DisplayName("is what its tasks count, each once, whether or not one was tried anew")
  void counts() throws Exception {
    SparkContext context = LocalCluster.context().sc();
    LongAccumulator rows = context.longAccumulator("rows of this test");
    LongAccumulator others = context.longAccumulator("others of this test");
    List<Integer> parts = List.of(1, 2, 3, 4);
    try (CountedRows counted = new CountedRows(context, bar, Set.of("rows of this test"))) {
      LocalCluster.context()
          .parallelize(parts, parts.size())
          .foreach(
              part -> {
                rows.add(part);
                others.add(100);
                if (part == 3 && TaskContext.get().attemptNumber() == 0) {
                  throw new IllegalStateException("tried anew");
                }
              });
      context.listenerBus().waitUntilEmpty();
      assertThat(shown()).isEqualTo(10);
      assertThat(advances).as("task by task").hasSize(4);
      counted.ended(10);
    }
    assertThat(shown()).isEqualTo(10);
    assertThat(closed).isTrue();
  }

  @Test
  @DisplayName("ends with all rows, also with those of tasks whose end the driver has not told yet")
  void ends() {
    try (CountedRows counted =
        new CountedRows(LocalCluster.context().sc(), bar, Set.of("rows of nobody"))) {
      counted.ended(7);
    }
    assertThat(advances).containsExactly(7L);
  }
}
