package org.pmf4j.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.core.progress.Progress;

/** Whole runs, by a script that the shell runs: Python is not everywhere. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class TableToModelTest {
  /** Writes the report where it was asked for, and each call beside it. */
  private static final String SCRIPT =
      "while [ $# -gt 1 ]; do case $1 in --work) work=$2;; --out) out=$2;; --epochs) e=$2;; esac;"
          + " echo \"$1 $2\" >> \"$work/words\"; shift 2; done\n"
          + "echo run >> \"$work/runs\"; n=$(wc -l < \"$work/runs\")\n"
          + "echo 'round 1, pmf, 1 epochs: 2.0 s'\n"
          + "cat > \"$out\" <<END\n"
          + "{\"machine\": {}, \"figures\": {\"pmf\": {\"$e\": [{\"wall\": $n, \"processor\": 3,"
          + " \"peak_bytes\": 1e9}]}, \"original\": {\"$e\": [{\"wall\": 8, \"processor\": 12,"
          + " \"peak_bytes\": 2e9}]}}}\nEND\n";

  @TempDir private Path folder;

  private Path work;

  @BeforeEach
  void setUp() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    Files.createDirectories(work.resolve("table"));
  }

  private SpeedSettings settings(String script, String python, int rounds) throws IOException {
    Files.writeString(folder.resolve("table_to_model.py"), script);
    return new SpeedSettings(
        Sizes.BASE,
        "djl",
        "cpu",
        0,
        null,
        List.of("fp32"),
        List.of(SpeedVariant.WHOLE_STEP),
        1,
        64,
        folder,
        null,
        python,
        folder.resolve("originals.py"),
        new WholeRuns(List.of(5), 16, rounds, "'my java' pmf"));
  }

  @Test
  void roundsAreComparedOneByOneAndGoOnWhereTheyEnded() throws IOException {
    Measurements notebook = measured(1);
    assertThat(notebook.rounds("table/fp32/pmf/5/wall")).isEqualTo(1);
    notebook = measured(2);
    assertThat(Files.readAllLines(work.resolve("table/runs"))).hasSize(2);
    List<WholeRun> runs = WholeRun.of(settings(SCRIPT, "/bin/sh", 2), notebook);
    assertThat(runs).hasSize(1);
    WholeRun run = runs.get(0);
    assertThat(run.ours().milliseconds().median()).isEqualTo(1500);
    assertThat(run.original().peakBytes().median()).isEqualTo(2e9);
    assertThat(run.timesAsFast().max()).isEqualTo(8);
    assertThat(run.timesAsFast().min()).isEqualTo(4);
    assertThat(run.timesLessProcessor().median()).isCloseTo(4, within(1e-12));
    assertThat(Files.readString(work.resolve("table/words")))
        .contains("--rows 16", "--width 768", "--rounds 1", "--pmf 'my java' pmf");
  }

  private Measurements measured(int rounds) throws IOException {
    SpeedSettings settings = settings(SCRIPT, "/bin/sh", rounds);
    Measurements notebook = Measurements.open(folder.resolve("notebook.json"), settings.identity());
    new TableToModel(settings, "fp32", work, Progress.SILENT).measure(notebook);
    return notebook;
  }

  @Test
  void aScriptThatFailsIsToldWithItsLastLine() throws IOException {
    SpeedSettings settings = settings("echo 'no Pillow here'; exit 3\n", "/bin/sh", 1);
    Measurements notebook = Measurements.open(folder.resolve("notebook.json"), settings.identity());
    TableToModel runs = new TableToModel(settings, "fp32", work, Progress.SILENT);
    assertThatThrownBy(() -> runs.measure(notebook))
        .isInstanceOf(PmfException.class)
        .hasMessage(folder.resolve("table_to_model.py") + " failed: no Pillow here");
  }

  @Test
  void wholeRunsNeedAPython() throws IOException {
    SpeedSettings settings = settings(SCRIPT, null, 1);
    assertThatThrownBy(() -> TableToModel.check(settings))
        .isInstanceOf(PmfException.class)
        .hasMessageContaining("--python");
  }
}
