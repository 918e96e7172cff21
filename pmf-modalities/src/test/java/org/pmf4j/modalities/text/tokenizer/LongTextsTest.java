package org.pmf4j.modalities.text.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.error.PmfException;

/** Texts of megabytes. */
class LongTextsTest {
  private static final String LONG = "the red rectangle isn't, Crème 12 ".repeat(150_000);

  /** Reading all of it takes a second or more; what is needed takes milliseconds. */
  @ParameterizedTest
  @ValueSource(strings = {"wordpiece_uncased", "roberta", "modern", "xlmr"})
  void ofATextOfFiveMegabytesNoMoreIsReadThanIsNeeded(String name) {
    Tokenizer tokenizer = Pipelines.tokenizer(name);
    String start = LONG.substring(0, 40_000);
    int[] right = tokenizer.encode(start, 512, false).ids();
    long began = System.nanoTime();
    for (int i = 0; i < 4; i++) {
      assertThat(tokenizer.encode(LONG, 512, false).ids()).isEqualTo(right);
    }
    long milliseconds = (System.nanoTime() - began) / 4_000_000;
    // A machine may be slow and busy: still far from the time for all of it.
    assertThat(milliseconds).as("milliseconds for one text").isLessThan(500);
  }

  @Test
  void chineseWithoutSpacesIsReadInPiecesToo() {
    Tokenizer tokenizer = Pipelines.tokenizer("wordpiece_uncased");
    String text = "这是一个测试东京".repeat(200_000);
    assertThat(tokenizer.encode(text, 512, false).ids())
        .isEqualTo(tokenizer.encode(text.substring(0, 4000), 512, false).ids());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wordpiece_uncased", "roberta", "xlmr", "llama", "gpt4"})
  @Timeout(600)
  void anInterruptedThreadStopsAndStaysInterrupted(String name) throws InterruptedException {
    Tokenizer tokenizer = Pipelines.tokenizer(name);
    // Words without end, which are read whole.
    String text = LONG.replace(" ", "").replace("'", "").toLowerCase(Locale.ROOT);
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    ExecutorService one = Executors.newSingleThreadExecutor();
    try {
      Future<?> work =
          one.submit(
              () -> {
                started.countDown();
                try {
                  while (true) {
                    tokenizer.encode(text, Integer.MAX_VALUE, true);
                  }
                } finally {
                  interrupted.set(Thread.currentThread().isInterrupted());
                }
              });
      started.await();
      Thread.sleep(50);
      one.shutdownNow();
      assertThatThrownBy(() -> work.get(5, TimeUnit.MINUTES))
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(PmfException.class)
          .hasMessage("interrupted while a text was cut into tokens");
      assertThat(interrupted).isTrue();
    } finally {
      one.shutdownNow();
    }
  }

  @Test
  void theEndOfALongTextIsWhatRemainsFromTheLeft() {
    Tokenizer tokenizer = Pipelines.tokenizer("wordpiece_uncased");
    String text = "red ".repeat(10_000) + "the rectangle";
    int[] ids = tokenizer.encode(text, 12, true).ids();
    int[] end = tokenizer.encode("red ".repeat(20) + "the rectangle", 12, true).ids();
    assertThat(ids).hasSize(12).isEqualTo(end);
    assertThat(List.of(ids[0], ids[11])).containsExactly(2, 3);
  }
}
