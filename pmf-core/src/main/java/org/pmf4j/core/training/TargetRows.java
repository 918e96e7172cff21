package org.pmf4j.core.training;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.core.batch.Targets;

/**
 * What each training row should come out as, and how much it counts. Immutable, so that any number
 * of threads may share it.
 *
 * @param targets a vector a row
 * @param weights a number above 0 a row
 */
public record TargetRows(float[][] targets, float[] weights) {
  /** Rows that all count the same. */
  public static TargetRows of(float[][] targets) {
    float[] weights = new float[targets.length];
    Arrays.fill(weights, 1);
    return new TargetRows(targets, weights);
  }

  /** Spreads a share of each row's target evenly over all classes (Szegedy et al., 2016). */
  public TargetRows smoothed(double share) {
    float[][] smooth = new float[targets.length][];
    for (int i = 0; i < targets.length; i++) {
      int n = targets[i].length;
      smooth[i] = new float[n];
      for (int c = 0; c < n; c++) {
        smooth[i][c] = (float) (targets[i][c] * (1 - share) + share / n);
      }
    }
    return new TargetRows(smooth, weights);
  }

  /** Makes every class count the same in sum, however rare: for rows of a single label. */
  public TargetRows balanced() {
    int classes = targets[0].length;
    double[] counts = new double[classes];
    for (float[] t : targets) {
      counts[largest(t)]++;
    }
    float[] balanced = new float[targets.length];
    for (int i = 0; i < targets.length; i++) {
      balanced[i] = (float) (targets.length / (classes * counts[largest(targets[i])]));
    }
    return new TargetRows(targets, balanced);
  }

  /** Some of the rows. */
  public TargetRows only(int... rows) {
    float[][] some = new float[rows.length][];
    float[] counts = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      some[i] = targets[rows[i]];
      counts[i] = weights[rows[i]];
    }
    return new TargetRows(some, counts);
  }

  /**
   * Rows of a batch.
   *
   * @param targets a vector a row
   * @param weights a number a row; they sum to 1
   */
  public record Weighted(float[][] targets, float[] weights) {}

  /** Some of the rows, as a batch of its own. */
  public Weighted weighted(List<Integer> rows) {
    float[][] some = new float[rows.size()][];
    float[] shares = new float[rows.size()];
    double sum = rows.stream().mapToDouble(r -> weights[r]).sum();
    for (int i = 0; i < some.length; i++) {
      some[i] = targets[rows.get(i)];
      shares[i] = (float) (weights[rows.get(i)] / sum);
    }
    return new Weighted(some, shares);
  }

  /**
   * A batch of rows.
   *
   * @return vectors [B, C], and weights [B, 1] that sum to 1
   */
  public Targets<HostTensor> batch(List<Integer> rows) {
    Weighted batch = weighted(rows);
    int c = targets[0].length;
    float[] t = new float[rows.size() * c];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(batch.targets()[i], 0, t, i * c, c);
    }
    return new Targets<>(
        HostTensor.of(t, rows.size(), c), HostTensor.of(batch.weights(), rows.size(), 1));
  }

  /** The class of each row: that of the largest number in its vector, the first of equal ones. */
  public int[] classes() {
    return Arrays.stream(targets).mapToInt(TargetRows::largest).toArray();
  }

  private static int largest(float[] t) {
    int best = 0;
    for (int i = 1; i < t.length; i++) {
      best = t[i] > t[best] ? i : best;
    }
    return best;
  }
}
