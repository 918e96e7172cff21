package org.pmf4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.Pmf;
import org.pmf4j.spark.executor.Engine;
import org.pmf4j.spark.executor.Shared.Lease;

@DisplayName("Executors")
class ExecutorsTest {
  @Test
  @DisplayName("are processes of their own")
  void areProcesses() {
    Map<String, Long> processes = LocalCluster.processes();
    assertThat(processes).hasSize(2);
    assertThat(processes.values()).doesNotContain(ProcessHandle.current().pid());
    assertThat(Set.copyOf(processes.values())).hasSize(2);
  }

  @Test
  @DisplayName("open an engine once each, whatever the number of tasks")
  void openOneEngine() {
    Set<String> engines =
        new TreeSet<>(
            LocalCluster.context()
                .parallelize(List.of(0, 1, 2, 3, 4, 5, 6, 7), 8)
                .map(
                    i -> {
                      try (Lease<Pmf> pmf = Engine.DEFAULT.lease()) {
                        Thread.sleep(50);
                        return LocalCluster.executor()
                            + " "
                            + pmf.get().backend().info().threads()
                            + " "
                            + System.identityHashCode(pmf.get());
                      }
                    })
                .collect());
    assertThat(engines).hasSizeBetween(1, 2);
    assertThat(engines).allMatch(e -> e.contains(" 1 "));
  }
}
