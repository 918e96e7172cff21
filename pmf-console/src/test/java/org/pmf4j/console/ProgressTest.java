package org.pmf4j.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.core.progress.Progress;

@DisplayName("Progress")
class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final AtomicLong clock = new AtomicLong();

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("elsewhere than on a terminal is a line every ten seconds, and one at the end")
  void lines() {
    Progress progress = new ConsoleProgress(err, false, clock::get);
    try (Progress.Bar bar = progress.begin("epoch 1/2", 1000, "samples")) {
      for (int i = 0; i < 25; i++) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        bar.advance(40, "loss 0.5000");
      }
    }
    assertThat(shown().lines())
        .containsExactly(
            "epoch 1/2: 400 of 1,000 samples, 40.0/s, loss 0.5000, 40 %, 15 s left",
            "epoch 1/2: 800 of 1,000 samples, 40.0/s, loss 0.5000, 80 %, 5.0 s left",
            "epoch 1/2: 1,000 of 1,000 samples, 40.0/s, loss 0.5000, took 25 s");
  }

  @Test
  @DisplayName("does not tell of work that was done at once, or of none")
  void silent() {
    Progress progress = new ConsoleProgress(err, false, clock::get);
    try (Progress.Bar bar = progress.begin("validation", 10, "samples")) {
      bar.advance(10, "");
    }
    progress.begin("nothing", 0, "samples").close();
    assertThat(shown()).isEmpty();
  }

  @Test
  @DisplayName("on a terminal is a bar, which vanishes at the end")
  void bar() {
    Progress progress = new ConsoleProgress(err, true, clock::get);
    try (Progress.Bar bar = progress.begin("epoch 1/2", 1000, "samples")) {
      bar.advance(400, "loss 0.5000");
    }
    assertThat(shown()).contains("epoch 1/2").endsWith("\r").doesNotContain("\n");
  }
}
