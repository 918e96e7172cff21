package org.pmf4j.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;

@DisplayName("Prefetching")
class PrefetchTest {
  @Test
  @DisplayName("hands items over in order, however long each takes to make")
  void inOrder() {
    List<Integer> taken = new ArrayList<>();
    try (Prefetch<Integer> items = new Prefetch<>(3, 200, i -> spin(i * 7919 % 1000, i))) {
      for (int i = 3; i < 200; i++) {
        taken.add(items.take());
      }
    }
    assertThat(taken).isEqualTo(IntStream.range(3, 200).boxed().toList());
  }

  private static int spin(int rounds, int result) {
    double x = 1;
    for (int i = 0; i < rounds * 100; i++) {
      x = Math.sqrt(x + i);
    }
    return x > 0 ? result : -1;
  }

  @Test
  @DisplayName("stays a bounded number of items ahead")
  void bounded() {
    AtomicInteger made = new AtomicInteger();
    try (Prefetch<Integer> items = new Prefetch<>(0, 10_000, i -> made.incrementAndGet())) {
      items.take();
      assertThat(made.get()).isLessThan(50);
    }
  }

  @Test
  @DisplayName("throws where an item could not be made, when that item is taken")
  void failsInItsPlace() {
    try (Prefetch<Integer> items = new Prefetch<>(0, 5, PrefetchTest::secondIsBad)) {
      assertThat(items.take()).isZero();
      assertThatThrownBy(items::take).isInstanceOf(PmfException.class).hasMessage("row 1 is bad");
    }
  }

  private static int secondIsBad(int i) {
    if (i == 1) {
      throw PmfException.input("row 1 is bad");
    }
    return i;
  }
}
