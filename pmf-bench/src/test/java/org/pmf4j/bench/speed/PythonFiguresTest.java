package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.report.DataTable;

class PythonFiguresTest {
  private static final Path SCRIPT = Path.of("python", "variants.py");

  @TempDir private Path folder;

  private SpeedSettings settings() {
    return new SpeedSettings(
        Sizes.BASE,
        "djl",
        "cpu",
        0,
        null,
        List.of("fp32", "bf16"),
        List.of(SpeedVariant.PMF_CACHED_STEP, SpeedVariant.PMF_INFERENCE),
        2,
        64,
        folder,
        null,
        "python",
        Path.of("originals.py"),
        WholeRuns.NONE);
  }

  /** Two rounds: the original takes 1000 ms in fp32 and 600 in bf16, ours 100 and 50. */
  private PythonFigures figures() {
    Measurements notebook =
        Measurements.open(folder.resolve("notebook.json"), settings().identity());
    notebook.note(
        "python",
        "{\"ready\": true, \"versions\": {\"torch\": \"2.7.1\"}, \"threads\": 2, \"attention\":"
            + " \"eager\", \"variants\": [\"whole-layers step\", \"inference\"]}");
    for (int round = 0; round < 2; round++) {
      notebook.addRound(
          Map.of(
              "python/fp32/whole-layers step", 1000.0,
              "python/bf16/whole-layers step", 600.0,
              "python/fp32/inference", 900.0,
              "python/bf16/inference", 500.0,
              "fp32/pmf-cached-step", 100.0,
              "bf16/pmf-cached-step", 50.0,
              "fp32/pmf-inference", 450.0,
              "bf16/pmf-inference", 400.0));
    }
    return PythonFigures.of(settings(), notebook).orElseThrow();
  }

  @Test
  void anOriginalIsComparedWithWhatDoesItsWork() {
    PythonFigures.Original single = figures().variants().get(0);
    assertThat(single.variant()).isEqualTo("whole-layers step");
    assertThat(single.precision()).isEqualTo("fp32");
    assertThat(single.ours())
        .extracting(c -> c.variant(), c -> c.precision(), c -> c.timesAsFast().median())
        .containsExactly(
            tuple("pmf-cached-step", "fp32", 10.0), tuple("pmf-cached-step", "bf16", 20.0));
  }

  @Test
  void autocastIsComparedWithBfloat16Alone() {
    PythonFigures.Original autocast = figures().variants().get(2);
    assertThat(autocast.precision()).isEqualTo("bf16");
    assertThat(autocast.ours())
        .extracting(c -> c.variant(), c -> c.precision(), c -> c.timesAsFast().median())
        .containsExactly(tuple("pmf-cached-step", "bf16", 12.0));
  }

  @Test
  void thePageShowsThesePairsAndNoOthers() {
    DataTable table = (DataTable) PythonSections.of(figures()).get(0);
    assertThat(table.rows())
        .extracting(row -> row.get(0) + ", " + row.get(1) + " / " + row.get(4) + ", " + row.get(5))
        .containsExactly(
            "whole-layers step, fp32 / pmf-cached-step, fp32",
            "whole-layers step, fp32 / pmf-cached-step, bf16",
            "inference, fp32 / pmf-inference, fp32",
            "inference, fp32 / pmf-inference, bf16",
            "whole-layers step, bf16 / pmf-cached-step, bf16",
            "inference, bf16 / pmf-inference, bf16");
  }

  @Test
  void everyOriginalIsOneOfTheScripts() throws IOException {
    String script = Files.readString(SCRIPT);
    assertThat(Arrays.stream(SpeedVariant.values()).flatMap(v -> v.originals().stream()))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(script).contains("= \"" + name + "\"\n"));
  }
}
