package org.pmf4j.core.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.core.training.TargetRows;

@DisplayName("A linear probe")
class LinearProbeTest {
  private static final long SEED = 23;

  private static PenaltySearch search(LinearLoss loss) {
    return new PenaltySearch(loss, new Lbfgs(1e-4, 200, () -> {}));
  }

  /** Rows of numbers around 0, but for the scale of each column. */
  private static PooledVectors vectors(int rows, double... scales) {
    SplittableRandom random = new SplittableRandom(SEED);
    PooledVectors all = PooledVectors.empty(rows, scales.length);
    for (int r = 0; r < rows; r++) {
      float[] v = new float[scales.length];
      for (int j = 0; j < v.length; j++) {
        v[j] = (float) (scales[j] * (random.nextDouble() - 0.5) + 3);
      }
      all.put(r, v, 0);
    }
    return all;
  }

  private static boolean above(PooledVectors vectors, int row) {
    float[] v = vectors.features().values();
    int width = vectors.features().width();
    return v[row * width] + v[row * width + 1] / 100 > 3.03;
  }

  @Test
  @DisplayName("finds a plane between two classes, whatever the features' scales")
  void separable() {
    PooledVectors x = vectors(400, 1, 100, 1e-3);
    float[][] targets = new float[400][];
    for (int r = 0; r < 400; r++) {
      targets[r] = above(x, r) ? new float[] {1, 0} : new float[] {0, 1};
    }
    LinearProbe probe =
        LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SOFTMAX));
    List<float[]> outputs = probe.outputs(Named.of("x", x));
    int right = 0;
    for (int r = 0; r < 400; r++) {
      right += outputs.get(r)[0] > outputs.get(r)[1] == above(x, r) ? 1 : 0;
    }
    assertThat(right).as("seed %d", SEED).isGreaterThan(390);
    assertThat(probe.fit().penalty()).isLessThan(0.01);
  }

  @Test
  @DisplayName("finds the numbers of a linear function")
  void linear() {
    PooledVectors x = vectors(200, 1, 2);
    float[][] targets = new float[200][1];
    for (int r = 0; r < 200; r++) {
      float[] v = x.features().values();
      targets[r][0] = 2 * v[r * 2] - v[r * 2 + 1] + 1;
    }
    LinearProbe probe =
        LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SQUARED));
    List<float[]> outputs = probe.outputs(Named.of("x", x));
    for (int r = 0; r < 200; r++) {
      // The smallest penalty of the grid takes 1e-4 off weights of about 0.6
      assertThat(outputs.get(r)[0]).as("seed %d", SEED).isCloseTo(targets[r][0], within(1e-3f));
    }
  }

  @Test
  @DisplayName("takes the largest penalty where features tell nothing")
  void noise() {
    PooledVectors x = vectors(100, 1, 1, 1, 1, 1, 1, 1, 1);
    SplittableRandom random = new SplittableRandom(SEED + 1);
    float[][] targets = new float[100][];
    for (int r = 0; r < 100; r++) {
      targets[r] = random.nextBoolean() ? new float[] {1, 0} : new float[] {0, 1};
    }
    LinearProbe probe =
        LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SOFTMAX));
    assertThat(probe.fit().penalty()).as("seed %d", SEED).isGreaterThanOrEqualTo(1);
  }

  @Test
  @DisplayName("says of a row that lacks a modality what it says of the mean")
  void missing() {
    PooledVectors x = vectors(40, 1, 1);
    float[][] targets = new float[40][];
    for (int r = 0; r < 40; r++) {
      targets[r] = r % 4 == 0 ? new float[] {1, 0} : new float[] {0, 1};
    }
    x.there()[7] = false;
    x.features().values()[14] = Float.NaN;
    LinearProbe probe =
        LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SOFTMAX));
    PooledVectors lacking = PooledVectors.empty(1, 2);
    PooledVectors mean = PooledVectors.empty(1, 2);
    double[] means = probe.scales().get("x").means();
    mean.put(0, new float[] {(float) means[0], (float) means[1]}, 0);
    float[] said = probe.outputs(Named.of("x", lacking)).get(0);
    assertThat(said).doesNotContain(Float.NaN);
    assertThat(probe.outputs(Named.of("x", mean)).get(0)).containsExactly(said, within(1e-5f));
    assertThat(said[1]).isGreaterThan(said[0]);
  }

  @Test
  @DisplayName("is the same to the bit when it is fitted again")
  void deterministic() {
    PooledVectors x = vectors(300, 1, 2, 3);
    float[][] targets = new float[300][];
    for (int r = 0; r < 300; r++) {
      targets[r] = above(x, r) ? new float[] {1, 0} : new float[] {0, 1};
    }
    double[] first = weights(x, targets);
    assertThat(weights(x, targets)).isEqualTo(first);
  }

  private static double[] weights(PooledVectors x, float[][] targets) {
    return LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SOFTMAX))
        .fit()
        .model()
        .weights();
  }

  @Test
  @DisplayName("is fitted to two rows, and to one feature that never changes")
  void tiny() {
    PooledVectors x = PooledVectors.empty(2, 1);
    x.put(0, new float[] {5}, 0);
    x.put(1, new float[] {5}, 0);
    float[][] targets = {{1, 0}, {0, 1}};
    LinearProbe probe =
        LinearProbe.fit(Named.of("x", x), TargetRows.of(targets), search(LinearLoss.SOFTMAX));
    float[] said = probe.outputs(Named.of("x", x)).get(0);
    assertThat(said[0]).isCloseTo(said[1], within(1e-3f));
  }

  @Test
  @DisplayName("weighs rows as training does")
  void weighted() {
    PooledVectors x = PooledVectors.empty(3, 1);
    for (int r = 0; r < 3; r++) {
      x.put(r, new float[] {1}, 0);
    }
    TargetRows targets =
        new TargetRows(new float[][] {{1, 0}, {0, 1}, {0, 1}}, new float[] {6, 1, 1});
    LinearProbe probe = LinearProbe.fit(Named.of("x", x), targets, search(LinearLoss.SOFTMAX));
    float[] said = probe.outputs(Named.of("x", x)).get(0);
    // log(6 / 2); the gradient ends below 1e-4
    assertThat(said[0] - said[1]).isCloseTo((float) Math.log(3), within(1e-3f));
  }

  @Test
  @DisplayName("is stopped between two iterations")
  void stopped() {
    AtomicInteger left = new AtomicInteger(2);
    Lbfgs solver =
        new Lbfgs(
            1e-9,
            100,
            () -> {
              if (left.decrementAndGet() == 0) {
                throw PmfException.stopped("stopped");
              }
            });
    PooledVectors x = vectors(50, 1, 2);
    TargetRows targets = TargetRows.of(new float[50][1]);
    targets.targets()[3][0] = 1;
    PenaltySearch search = new PenaltySearch(LinearLoss.SQUARED, solver);
    assertThatThrownBy(() -> LinearProbe.fit(Named.of("x", x), targets, search))
        .isInstanceOf(PmfException.class);
  }

  @Test
  @DisplayName("holds out rows of every class")
  void folds() {
    int[] classes = new int[50];
    for (int r = 40; r < 50; r++) {
      classes[r] = 1;
    }
    Folds folds = Folds.of(classes);
    assertThat(folds.heldOut()).isEqualTo(5);
    for (int f = 0; f < 5; f++) {
      assertThat(folds.rows(f, false)).hasSize(10);
      assertThat(Arrays.stream(folds.rows(f, false)).filter(r -> r >= 40)).hasSize(2);
      assertThat(folds.rows(f, true)).hasSize(40).doesNotContain(folds.rows(f, false));
    }
    assertThat(Folds.of(new int[3000]).heldOut()).isEqualTo(1);
  }

  @Test
  @DisplayName("sees so many rows of a larger table, each once, the same each time")
  void drawn() {
    assertThat(LinearProbes.drawn(5, 10)).containsExactly(0, 1, 2, 3, 4);
    int[] some = LinearProbes.drawn(1000, 100);
    assertThat(some).hasSize(100).doesNotHaveDuplicates().isSorted();
    assertThat(some[99]).isGreaterThan(900);
    assertThat(LinearProbes.drawn(1000, 100)).isEqualTo(some);
  }
}
