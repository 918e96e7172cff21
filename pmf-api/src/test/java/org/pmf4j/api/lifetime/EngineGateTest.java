package org.pmf4j.api.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The gate's own waiting; that a real engine's process ends well is tested with each backend. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineGateTest {
  private final EngineGate gate = new EngineGate();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void theEndWaitsForTheCallThatIsUnderWay() throws Exception {
    gate.open();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Future<String> call =
        threads.submit(
            () ->
                gate.pass(
                    () -> {
                      inside.countDown();
                      join(finish);
                      return "answer";
                    }));
    inside.await();
    Future<?> end = threads.submit(gate::end);
    assertThat(end.isDone()).isFalse();
    finish.countDown();
    end.get();
    assertThat(call.get()).isEqualTo("answer");
  }

  @Test
  void callsThatKeepComingAreLetThroughForAWhileAndThenRefused() throws Exception {
    gate.open();
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean under = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    AtomicBoolean calledAfterTheEnd = new AtomicBoolean();
    CountDownLatch first = new CountDownLatch(1);
    Future<?> loop =
        threads.submit(
            () -> {
              while (true) {
                gate.pass(
                    () -> {
                      under.set(true);
                      calledAfterTheEnd.compareAndSet(false, ended.get());
                      first.countDown();
                      under.set(false);
                      return calls.incrementAndGet();
                    });
              }
            });
    first.await();
    int before = calls.get();
    gate.end();
    ended.set(true);
    assertThat(under).isFalse();
    assertThatThrownBy(loop::get)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the JVM is ending");
    assertThat(calledAfterTheEnd).isFalse();
    assertThat(calls.get()).isGreaterThan(before);
  }

  @Test
  void afterTheEndNothingIsOpenedOrCalled() {
    gate.end();
    assertThatThrownBy(() -> gate.pass(() -> "answer"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the JVM is ending");
    assertThatThrownBy(gate::open).isInstanceOf(IllegalStateException.class);
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
