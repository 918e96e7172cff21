package org.pmf4j.modalities.image;

/**
 * PyTorch's {@code interpolate} with {@code antialias=True} of a plane in single precision: the
 * convolutions of {@link Resize}, which round nothing on the way.
 */
final class PlaneResize {
  private PlaneResize() {}

  /**
   * One channel of an image at another size.
   *
   * @param channel 0 to 2
   * @param scaled what each 8-bit value is before it is resized
   * @param filter a convolution
   * @return [height · width], row by row
   */
  static float[] of(
      RgbImage image, int channel, float[] scaled, int width, int height, Filter filter) {
    float[] plane = new float[image.width() * image.height()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = scaled[image.samples()[3 * i + channel] & 0xFF];
    }
    float[] wide =
        width == image.width()
            ? plane
            : alongRows(plane, image.width(), image.height(), width, filter);
    return height == image.height()
        ? wide
        : alongColumns(wide, width, image.height(), height, filter);
  }

  private static float[] alongRows(float[] in, int from, int rows, int to, Filter filter) {
    FilterWeights weights = FilterWeights.of(from, to, filter);
    float[] out = new float[Math.multiplyExact(rows, to)];
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < to; x++) {
        out[y * to + x] = sum(weights, x, in, y * from, 1);
      }
    }
    return out;
  }

  private static float[] alongColumns(float[] in, int columns, int from, int to, Filter filter) {
    FilterWeights weights = FilterWeights.of(from, to, filter);
    float[] out = new float[Math.multiplyExact(columns, to)];
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < columns; x++) {
        out[y * columns + x] = sum(weights, y, in, x, columns);
      }
    }
    return out;
  }

  private static float sum(FilterWeights weights, int position, float[] in, int offset, int step) {
    double[] w = weights.shares()[position];
    int at = offset + weights.first()[position] * step;
    double sum = 0;
    for (double each : w) {
      sum += each * in[at];
      at += step;
    }
    return (float) sum;
  }
}
