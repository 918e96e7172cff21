package org.pmf4j.core.probe;

/**
 * Brings each feature to mean 0 and deviation 1 over the training rows that have the modality. A
 * row that lacks it becomes the mean, which is 0: it tells nothing. Immutable, so that any number
 * of threads may share it.
 *
 * @param means of the features
 * @param deviations of the features; 1 for one that is the same everywhere
 */
record Standardization(double[] means, double[] deviations) {
  /** By the rows that are there; where there is none, all stays as it is. */
  static Standardization of(PooledVectors vectors) {
    Features f = vectors.features();
    int width = f.width();
    double[] means = new double[width];
    double[] squares = new double[width];
    int n = 0;
    // Welford's update, without cancellation
    for (int r = 0; r < f.rows(); r++) {
      if (vectors.there()[r]) {
        n++;
        for (int j = 0; j < width; j++) {
          double x = f.values()[r * width + j];
          double distance = x - means[j];
          means[j] += distance / n;
          squares[j] += distance * (x - means[j]);
        }
      }
    }
    double[] deviations = new double[width];
    for (int j = 0; j < width; j++) {
      double deviation = n == 0 ? 0 : Math.sqrt(squares[j] / n);
      // What varies by rounding alone says nothing
      boolean constant = deviation <= 1e-6 * Math.abs(means[j]) || deviation == 0;
      deviations[j] = constant ? 1 : deviation;
    }
    return new Standardization(means, deviations);
  }

  /** The same vectors, standardised. */
  Features apply(PooledVectors vectors) {
    Features f = vectors.features();
    int width = f.width();
    float[] out = new float[f.values().length];
    for (int r = 0; r < f.rows(); r++) {
      if (vectors.there()[r]) {
        for (int j = 0; j < width; j++) {
          int i = r * width + j;
          out[i] = (float) ((f.values()[i] - means[j]) / deviations[j]);
        }
      }
    }
    return new Features(width, out);
  }
}
