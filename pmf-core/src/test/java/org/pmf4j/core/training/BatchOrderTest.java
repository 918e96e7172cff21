package org.pmf4j.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The order of batches")
class BatchOrderTest {
  private static final int ROWS = 1003;

  private static BatchOrder order(boolean shuffle) {
    return BatchOrder.of(ROWS, 16, 5, shuffle, row -> row * 7919 % 100);
  }

  private static List<Integer> flat(List<List<Integer>> batches) {
    return batches.stream().flatMap(List::stream).toList();
  }

  @Test
  @DisplayName("has every row once in an epoch")
  void everyRowOnce() {
    List<List<Integer>> batches = order(true).epoch(3);
    assertThat(batches).hasSize(order(true).batches());
    assertThat(flat(batches))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, ROWS).boxed().toList());
  }

  @Test
  @DisplayName("is the same for the same seed and epoch, and another in the next epoch")
  void dependsOnSeedAndEpochAlone() {
    assertThat(order(true).epoch(3)).isEqualTo(order(true).epoch(3));
    assertThat(order(true).epoch(3)).isNotEqualTo(order(true).epoch(4));
  }

  @Test
  @DisplayName("puts rows of similar length together")
  void similarLengthsTogether() {
    double spread =
        order(true).epoch(0).stream()
            .mapToInt(
                b -> {
                  var lengths = b.stream().mapToInt(r -> r * 7919 % 100).summaryStatistics();
                  return lengths.getMax() - lengths.getMin();
                })
            .average()
            .orElseThrow();
    // In 16 rows taken at random the spread is near 88 of 100.
    assertThat(spread).isLessThan(15);
  }

  @Test
  @DisplayName("is that of the file without shuffling")
  void fileOrder() {
    assertThat(flat(order(false).epoch(9))).isSorted().hasSize(ROWS);
  }
}
