package org.pmf4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.cli.Outcome;

@DisplayName("pmf bench growth")
class BenchGrowthTest {
  /** A shard that runs for 1.1 s, of which its gradients take 1 s. */
  private static final String TASK =
      "{\"shard\":0,\"launchedMs\":10,\"finishedMs\":1160,\"gettingMs\":40,\"deserializeMs\":5,"
          + "\"runMs\":1100,\"serializeMs\":5,\"unpackMs\":60,\"computeMs\":1000,"
          + "\"resultBytes\":9000000}";

  @TempDir private Path folder;

  private Path steps() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= 4; step++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"step\":%d,\"epoch\":%d,\"rows\":16,\"parameterBytes\":9000000,"
                  + "\"broadcastMs\":30,\"slots\":1,\"beganMs\":%d,\"tookMs\":1170,"
                  + "\"failedTasks\":0,\"tasks\":[%s]}%n",
              step,
              (step + 1) / 2,
              step * 1500,
              TASK));
    }
    return Files.writeString(folder.resolve("one.jsonl"), lines);
  }

  @Test
  @DisplayName("predicts more executors from measured steps, as a table and as a page")
  void predicts() throws IOException {
    Path out = folder.resolve("out");
    Outcome outcome = Outcome.of("bench", "growth", steps(), "--rows", 16, "--out", out);
    outcome.succeeded();
    assertThat(outcome.out())
        .contains("larger step, tree", "512", "report: " + out.resolve("growth.html"));
    assertThat(out.resolve("growth.json")).content().contains("\"SAME_STEP\"");
    String html = Files.readString(out.resolve("growth.html"));
    assertThat(html.substring(0, html.indexOf("</main>")))
        .contains("data-chart=", "Machine, versions, command")
        .doesNotContain("NaN");
  }

  @Test
  @DisplayName("tells in one line what is no file of steps")
  void badFile() {
    Path none = folder.resolve("none.jsonl");
    Outcome.of("bench", "growth", none, "--out", folder.resolve("out")).wasRefused(none);
  }
}
