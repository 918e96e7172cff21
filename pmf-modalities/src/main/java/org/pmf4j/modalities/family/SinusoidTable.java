package org.pmf4j.modalities.family;

import org.pmf4j.api.tensor.HostTensor;

/**
 * Positions as sines and cosines (Vaswani et al., 2017), one beside the other, worked out in double
 * precision.
 */
final class SinusoidTable {
  private static final double LONGEST = 10_000;

  private SinusoidTable() {}

  /**
   * sin(n / 10000^(2i / d)) in column 2i, the cosine in column 2i + 1: FLOAT32 [1, positions, d].
   */
  static HostTensor of(int positions, int d) {
    float[] table = new float[Math.multiplyExact(positions, d)];
    for (int i = 0; i < d; i++) {
      double wave = Math.pow(LONGEST, 2 * (i / 2) / (double) d);
      for (int n = 0; n < positions; n++) {
        double angle = n / wave;
        table[n * d + i] = (float) (i % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
      }
    }
    return HostTensor.of(table, 1, positions, d);
  }
}
