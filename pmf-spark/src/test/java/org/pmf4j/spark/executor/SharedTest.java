package org.pmf4j.spark.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.spark.executor.Shared.Lease;

@DisplayName("What a process shares")
class SharedTest {
  private final AtomicInteger opened = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  private final class Thing implements AutoCloseable {
    Thing() {
      opened.incrementAndGet();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  @Test
  @DisplayName("is opened once by many threads, and closed a while after the last gave it back")
  void opensOnce() throws Exception {
    Shared<String, Thing> shared = new Shared<>("a thing", Duration.ofMillis(50));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Lease<Thing>>> leases = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      leases.add(threads.submit(() -> shared.lease("one", Thing::new)));
    }
    Lease<Thing> last = leases.get(0).get();
    for (Future<Lease<Thing>> lease : leases) {
      assertThat(lease.get().get()).isSameAs(last.get());
      if (lease.get() != last) {
        lease.get().close();
        lease.get().close(); // twice counts once
      }
    }
    threads.shutdown();
    assertThat(opened).hasValue(1);
    assertThat(closed.await(200, TimeUnit.MILLISECONDS)).as("closed while in use").isFalse();
    last.close();
    assertThat(closed.await(10, TimeUnit.SECONDS)).as("closed when idle").isTrue();
    shared.lease("one", Thing::new).close();
    assertThat(opened).as("opened anew").hasValue(2);
  }

  @Test
  @DisplayName("stays open for who comes back soon")
  void staysOpen() {
    Shared<String, Thing> shared = new Shared<>("a thing", Duration.ofMinutes(1));
    shared.lease("one", Thing::new).close();
    shared.lease("one", Thing::new).close();
    assertThat(opened).hasValue(1);
    assertThat(shared.count()).isEqualTo(1);
  }

  @Test
  @DisplayName("is tried again after it could not be opened")
  void isTriedAgain() {
    Shared<String, Thing> shared = new Shared<>("a thing", Duration.ofMinutes(1));
    assertThatThrownBy(
            () ->
                shared.lease(
                    "one",
                    () -> {
                      throw new IllegalStateException("not yet");
                    }))
        .hasMessage("not yet");
    shared.lease("one", Thing::new).close();
    assertThat(opened).hasValue(1);
  }
}
