package org.pmf4j.bench.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;

@DisplayName("A model that is fitted to measured steps")
class StepFitTest {
  private static final StepModel KNOWN = Models.typical(0);

  private static List<MeasuredRun> runs(double noise, Random random) {
    return List.of(
        Models.obeying(KNOWN, 1, 64, 4, noise, random),
        Models.obeying(KNOWN, 2, 64, 4, noise, random),
        Models.obeying(KNOWN, 1, 64, 8, noise, random),
        Models.obeying(KNOWN, 2, 64, 8, noise, random));
  }

  @Test
  @DisplayName("finds the parts that the steps were made of, to the millisecond they are told in")
  void recovers() {
    StepFit fit = StepFit.of(runs(0, new Random(1)));
    StepModel found = fit.model();
    // A line through two places of whole milliseconds, 8 rows apart
    Offset<Double> perRow = within(2e-3 / 8);
    assertThat(found.row()).isCloseTo(KNOWN.row(), perRow);
    assertThat(found.shard()).isCloseTo(KNOWN.shard(), within(3e-3));
    assertThat(found.step()).isCloseTo(KNOWN.step(), within(1e-3));
    assertThat(found.task()).isCloseTo(KNOWN.task(), within(1e-3));
    assertThat(found.handling()).isCloseTo(KNOWN.handling(), within(1e-3));
    Offset<Double> perByte = within(1e-3 / Models.BYTES);
    assertThat(found.packByte()).isCloseTo(KNOWN.packByte(), perByte);
    assertThat(found.unpackByte()).isCloseTo(KNOWN.unpackByte(), perByte);
    assertThat(found.resultByte()).isCloseTo(KNOWN.resultByte(), perByte);
    assertThat(found.addByte()).isCloseTo(KNOWN.addByte(), perByte);
    assertThat(found.update()).isCloseTo(KNOWN.update(), within(3e-3));
    assertThat(found.spread()).isLessThan(0.01);
  }

  @Test
  @DisplayName("tells whole steps of each kind beside what was measured")
  void residuals() {
    StepFit fit = StepFit.of(runs(0, new Random(1)));
    assertThat(fit.residuals())
        .extracting(StepFit.Residual::executors, StepFit.Residual::shards)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, 4),
            org.assertj.core.groups.Tuple.tuple(2, 4),
            org.assertj.core.groups.Tuple.tuple(1, 8),
            org.assertj.core.groups.Tuple.tuple(2, 8));
    // The made steps round each part to a millisecond, and have no launch between waves
    assertThat(fit.residuals()).allMatch(r -> Math.abs(r.relative()) < 0.02);
  }

  @Test
  @DisplayName("finds by how much shards straggle")
  void spread() {
    long seed = 7;
    StepFit fit = StepFit.of(runs(0.2, new Random(seed)));
    // 288 shards: the standard error of a deviation is 1 / sqrt(2 · 288) of it, 4 %; four of those
    assertThat(fit.model().spread()).as("seed %d", seed).isCloseTo(0.2, within(0.04));
  }

  @Test
  @DisplayName("refuses runs of models of different sizes, and names one")
  void otherModel() {
    MeasuredRun run = Models.obeying(KNOWN, 1, 64, 4, 0, new Random(1));
    MeasuredStep s = run.steps().get(0);
    MeasuredStep other =
        new MeasuredStep(
            s.step(), s.epoch(), s.rows(), 5, 1, s.slots(), 0, s.tookMs(), 0, s.tasks());
    assertThatThrownBy(() -> StepFit.of(List.of(run, new MeasuredRun("b.jsonl", List.of(other)))))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("b.jsonl: its model has not as many parameters");
  }
}
