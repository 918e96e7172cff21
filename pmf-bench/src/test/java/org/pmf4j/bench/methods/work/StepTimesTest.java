package org.pmf4j.bench.methods.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The times of a training")
class StepTimesTest {
  @TempDir private Path folder;

  @Test
  @DisplayName("leave out the first five steps, and of few the first half")
  void first() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int step = 1; step <= 12; step++) {
      lines.add(line(step, 1 + (step - 1) / 6, step <= 5 ? 100 : step));
    }
    lines.add("{\"epoch_end\": 2, \"step\": 12, \"train_loss\": 0.5, \"seconds\": 1000}");
    assertThat(read(lines)).isEqualTo(new StepTimes(9, (506 + 57) / 2.0));
    assertThat(read(List.of(line(1, 1, 8), line(2, 1, 2)))).isEqualTo(new StepTimes(2, 10));
  }

  private StepTimes read(List<String> lines) throws IOException {
    return StepTimes.read(Files.write(folder.resolve("train_log.jsonl"), lines));
  }

  private static String line(int step, int epoch, double seconds) {
    return String.format(
        Locale.ROOT,
        "{\"step\": %d, \"epoch\": %d, \"loss\": 0.5, \"seconds\": %s}",
        step,
        epoch,
        seconds);
  }

  @Test
  @DisplayName("and its memory are remembered where it is interrupted")
  void interrupted() {
    assertThat(Interrupted.read(folder)).isEqualTo(new Interrupted(null, 0, 0));
    Interrupted.read(folder).and(new ResidentMemory(100, 40), 2).write(folder);

    Interrupted all = Interrupted.read(folder).and(new ResidentMemory(90, 50), 3);

    assertThat(all).isEqualTo(new Interrupted(new ResidentMemory(100, 50), 5, 2));
  }
}
