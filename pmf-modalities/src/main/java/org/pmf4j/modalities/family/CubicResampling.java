package org.pmf4j.modalities.family;

/**
 * Bicubic interpolation along one side (Keys, 1981), as PyTorch's {@code interpolate} has it with
 * {@code align_corners=False}.
 */
enum CubicResampling {
  /** Over four neighbours whatever the scale, beyond the edge the edge itself; a = −0.75. */
  PLAIN {
    @Override
    void row(int from, int to, int i, double[] weights) {
      double centre = (i + 0.5) * from / to - 0.5;
      int first = (int) Math.floor(centre) - 1;
      for (int j = first; j < first + 4; j++) {
        weights[Math.max(0, Math.min(from - 1, j))] += kernel(centre - j, -0.75);
      }
    }
  },
  /** Over as many neighbours as a target covers, weights adding up to 1 at edges; a = −0.5. */
  ANTIALIASED {
    @Override
    void row(int from, int to, int i, double[] weights) {
      double scale = (double) from / to;
      double stretch = Math.max(scale, 1);
      double centre = (i + 0.5) * scale;
      int first = Math.max((int) (centre - 2 * stretch + 0.5), 0);
      int end = Math.min((int) (centre + 2 * stretch + 0.5), from);
      double sum = 0;
      for (int j = first; j < end; j++) {
        weights[j] = kernel((j - centre + 0.5) / stretch, -0.5);
        sum += weights[j];
      }
      for (int j = first; j < end; j++) {
        weights[j] /= sum;
      }
    }
  };

  /** Adds the weights by which target {@code i} of {@code to} reads {@code from} sources. */
  abstract void row(int from, int to, int i, double[] weights);

  /** The weights of all targets, row-major [to, from]. */
  float[] matrix(int from, int to) {
    float[] matrix = new float[Math.multiplyExact(to, from)];
    for (int i = 0; i < to; i++) {
      double[] weights = new double[from];
      row(from, to, i, weights);
      for (int j = 0; j < from; j++) {
        matrix[i * from + j] = (float) weights[j];
      }
    }
    return matrix;
  }

  private static double kernel(double distance, double a) {
    double x = Math.abs(distance);
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
