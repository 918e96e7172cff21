package org.pmf4j.api.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class LifetimeTest {
  private final AtomicInteger freed = new AtomicInteger();
  private final Lifetime lifetime = new Lifetime("the thing", freed::incrementAndGet);

  @Test
  void whatNobodyUsesIsFreedWhenItIsClosedAndOnce() {
    lifetime.close();
    lifetime.close();
    assertThat(freed).hasValue(1);
  }

  @Test
  void whatIsInUseIsFreedWithTheLastUse() {
    lifetime.enter();
    lifetime.enter();
    lifetime.close();
    assertThat(lifetime.isClosed()).isTrue();
    lifetime.leave();
    assertThat(freed).hasValue(0);
    assertThat(lifetime.isInUse()).isTrue();
    lifetime.leave();
    assertThat(freed).hasValue(1);
    assertThat(lifetime.isInUse()).isFalse();
  }

  @Test
  void aUseCannotBeginAfterTheClosing() {
    lifetime.enter();
    lifetime.close();
    assertThat(lifetime.tryEnter()).isFalse();
    assertThatThrownBy(lifetime::enter)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the thing is closed");
    assertThatThrownBy(lifetime::requireOpen).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aUseThatThrowsHasEnded() {
    IllegalArgumentException mine = new IllegalArgumentException("mine");
    assertThatThrownBy(
            () ->
                lifetime.during(
                    () -> {
                      throw mine;
                    }))
        .isSameAs(mine);
    assertThat(lifetime.isInUse()).isFalse();
  }

  @Test
  void whoClosesDuringItsOwnUseFreesAtItsEnd() {
    Integer seen =
        lifetime.during(
            () -> {
              lifetime.close();
              return freed.get();
            });
    assertThat(seen).isZero();
    assertThat(freed).hasValue(1);
  }

  @Test
  void threadsThatUseAndCloseNeverSeeItFreedAndFreeItOnce() throws Exception {
    int rounds = 2_000;
    AtomicIntegerArray frees = new AtomicIntegerArray(rounds);
    AtomicInteger seenFreed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    for (int r = 0; r < rounds; r++) {
      int round = r;
      Lifetime one = new Lifetime("one", () -> frees.incrementAndGet(round));
      List<Future<?>> acts = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        acts.add(
            threads.submit(
                () -> {
                  while (one.tryEnter()) {
                    seenFreed.addAndGet(frees.get(round));
                    one.leave();
                  }
                }));
      }
      acts.add(threads.submit(one::close));
      for (Future<?> act : acts) {
        act.get();
      }
      assertThat(frees.get(round)).isEqualTo(1);
    }
    threads.shutdown();
    assertThat(seenFreed).hasValue(0);
  }
}
