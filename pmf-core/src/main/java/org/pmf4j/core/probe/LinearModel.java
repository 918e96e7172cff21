package org.pmf4j.core.probe;

/**
 * A linear map from features to outputs. Not changed once it is made, so that any number of threads
 * may share it.
 *
 * @param outputs number of them
 * @param width number of features
 * @param weights [outputs × width], then [outputs] biases
 */
record LinearModel(int outputs, int width, double[] weights) {
  /** Refuses weights of another size. */
  LinearModel {
    if (weights.length != outputs * (width + 1)) {
      throw new IllegalArgumentException(weights.length + " weights");
    }
  }

  /** All zeros. */
  static LinearModel zero(int outputs, int width) {
    return new LinearModel(outputs, width, new double[Math.multiplyExact(outputs, width + 1)]);
  }

  /**
   * The outputs of a row.
   *
   * @param features of as many columns as this has
   */
  float[] outputs(Features features, int row) {
    float[] out = new float[outputs];
    for (int c = 0; c < outputs; c++) {
      double sum = weights[outputs * width + c];
      for (int j = 0; j < width; j++) {
        sum += weights[c * width + j] * features.values()[row * width + j];
      }
      out[c] = (float) sum;
    }
    return out;
  }
}
