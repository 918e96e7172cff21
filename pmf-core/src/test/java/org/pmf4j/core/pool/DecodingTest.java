package org.pmf4j.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;

@DisplayName("Decoding for a pool")
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DecodingTest {
  private static final TrunkKey CAT = new TrunkKey("vit", "cat");
  private static final TrunkKey DOG = new TrunkKey("vit", "dog");
  private static final Sample SAMPLE = new Sample(Named.of("x", HostTensor.of(new float[1], 1)), 1);

  private final Decoding decoding = new Decoding();
  private final AtomicInteger decoded = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(8);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  @DisplayName("decodes what many ask for at the same time once, and forgets it with the last")
  void onceForMany() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Supplier<Sample> slow =
        () -> {
          begun.countDown();
          await(goOn);
          return decode();
        };
    List<Future<Sample>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      calls.add(threads.submit(() -> decoding.take(CAT, slow)));
    }
    begun.await();
    assertThat(decoding.take(DOG, this::decode)).as("another content, meanwhile").isSameAs(SAMPLE);
    goOn.countDown();
    for (Future<Sample> call : calls) {
      assertThat(call.get()).isSameAs(SAMPLE);
    }
    assertThat(decoded).hasValue(2);
    for (int i = 0; i < 8; i++) {
      assertThat(decoding.kept()).isEqualTo(2);
      decoding.release(CAT);
    }
    assertThat(decoding.kept()).isEqualTo(1);
    decoding.take(CAT, this::decode);
    assertThat(decoded).hasValue(3);
  }

  @Test
  @DisplayName("lets the next try what the first could not decode, and keeps nothing of it")
  void afterAFailure() {
    assertThatThrownBy(
            () ->
                decoding.take(
                    CAT,
                    () -> {
                      throw PmfException.input("cat.png is broken");
                    }))
        .hasMessage("cat.png is broken");
    assertThat(decoding.kept()).isZero();
    assertThat(decoding.take(CAT, this::decode)).isSameAs(SAMPLE);
    decoding.release(CAT);
    assertThat(decoding.kept()).isZero();
  }

  @Test
  @DisplayName("stops where it is interrupted, and keeps nothing")
  void interrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> decoding.take(CAT, this::decode))
        .isInstanceOf(PmfException.class)
        .hasMessage("interrupted while a record waited to be decoded");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(decoding.kept()).isZero();
    assertThat(decoded).hasValue(0);
  }

  private Sample decode() {
    decoded.incrementAndGet();
    return SAMPLE;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
