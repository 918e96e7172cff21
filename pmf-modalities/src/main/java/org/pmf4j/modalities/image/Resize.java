package org.pmf4j.modalities.image;

import java.util.Arrays;

/**
 * Pillow's {@code Image.resize} for 8-bit images: a convolution along the rows and then one along
 * the columns, whose filter widens by the factor by which the image shrinks. Weights are
 * fixed-point numbers of 22 bits and each pass rounds to 8 bits, as in Pillow's {@code Resample.c}.
 */
final class Resize {
  private static final int PRECISION_BITS = 22;

  private Resize() {}

  /** The image at another size; the same image where the size does not change. */
  static RgbImage to(RgbImage image, int width, int height, Filter filter) {
    if (width == image.width() && height == image.height()) {
      return image;
    }
    if (filter == Filter.NEAREST) {
      return nearest(image, width, height);
    }
    RgbImage wide = width == image.width() ? image : alongRows(image, width, filter);
    return height == wide.height() ? wide : alongColumns(wide, height, filter);
  }

  private static RgbImage alongRows(RgbImage image, int width, Filter filter) {
    Weights weights = Weights.of(image.width(), width, filter);
    byte[] in = image.samples();
    byte[] out = new byte[Math.multiplyExact(3 * width, image.height())];
    for (int y = 0; y < image.height(); y++) {
      int row = y * image.width() * 3;
      int to = y * width * 3;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          out[to++] = weights.apply(x, in, row + c, 3);
        }
      }
    }
    return new RgbImage(width, image.height(), out);
  }

  private static RgbImage alongColumns(RgbImage image, int height, Filter filter) {
    Weights weights = Weights.of(image.height(), height, filter);
    byte[] in = image.samples();
    int stride = image.width() * 3;
    byte[] out = new byte[Math.multiplyExact(stride, height)];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < stride; i++) {
        out[y * stride + i] = weights.apply(y, in, i, stride);
      }
    }
    return new RgbImage(image.width(), height, out);
  }

  private static RgbImage nearest(RgbImage image, int width, int height) {
    int[] columns = nearestPositions(image.width(), width);
    int[] rows = nearestPositions(image.height(), height);
    byte[] out = new byte[Math.multiplyExact(3 * width, height)];
    int to = 0;
    for (int row : rows) {
      for (int column : columns) {
        System.arraycopy(image.samples(), 3 * (row * image.width() + column), out, to, 3);
        to += 3;
      }
    }
    return new RgbImage(width, height, out);
  }

  /** Pillow adds the step up instead of multiplying, and so do we, to round where it rounds. */
  private static int[] nearestPositions(int from, int to) {
    double step = (double) from / to;
    double at = step * 0.5;
    int[] positions = new int[to];
    for (int i = 0; i < to; i++) {
      positions[i] = Math.min((int) at, from - 1);
      at += step;
    }
    return positions;
  }

  /**
   * The weights of a filter in fixed point.
   *
   * @param first the first position read
   * @param weights fixed-point weights from there on
   */
  private record Weights(int[] first, int[][] weights) {
    static Weights of(int from, int to, Filter filter) {
      FilterWeights filtered = FilterWeights.of(from, to, filter);
      int[][] weights =
          Arrays.stream(filtered.shares()).map(Weights::fixedPoint).toArray(int[][]::new);
      return new Weights(filtered.first(), weights);
    }

    private static int[] fixedPoint(double[] shares) {
      return Arrays.stream(shares)
          .mapToInt(share -> (int) (share * (1 << PRECISION_BITS) + (share < 0 ? -0.5 : 0.5)))
          .toArray();
    }

    byte apply(int position, byte[] in, int offset, int stride) {
      int[] w = weights[position];
      int at = offset + first[position] * stride;
      int sum = 1 << (PRECISION_BITS - 1);
      for (int each : w) {
        sum += each * (in[at] & 0xFF);
        at += stride;
      }
      return (byte) Math.max(0, Math.min(255, sum >> PRECISION_BITS));
    }
  }
}
