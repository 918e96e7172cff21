package org.pmf4j.cli.demo.signs;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Paints signs on an uneven grey ground, with shading and noise. The arithmetic is Java's own, and
 * strict, so that a seed gives the same picture on every machine.
 */
final class Painter {
  private static final int SUBPIXELS = 4;
  private static final double PLATE_EDGE = 0.74;
  private static final double SYMBOL_EDGE = 0.44;
  private static final double NOISE = 0.05;

  private final int size;

  /**
   * A painter of square pictures.
   *
   * @param size width and height in pixels
   */
  Painter(int size) {
    this.size = size;
  }

  /** Paints a sign; {@code random} makes ground, light and noise. */
  BufferedImage paint(Sign sign, SplittableRandom random) {
    double ground = 0.35 + 0.3 * random.nextDouble();
    double[] tint = {tint(random), tint(random), tint(random)};
    double slopeX = 0.3 * (random.nextDouble() - 0.5);
    double slopeY = 0.3 * (random.nextDouble() - 0.5);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double light = slopeX * (column / (double) size - 0.5) + slopeY * (row / (double) size);
        int rgb = 0;
        double[] pixel = pixel(sign, column, row, ground, tint);
        for (double channel : pixel) {
          double noise = NOISE * (random.nextDouble() + random.nextDouble() - 1) * 2;
          rgb = rgb << 8 | level(channel * (1 + light) + noise);
        }
        image.setRGB(column, row, rgb);
      }
    }
    return image;
  }

  private static double tint(SplittableRandom random) {
    return 0.06 * (random.nextDouble() - 0.5);
  }

  private static int level(double channel) {
    return (int) Math.round(255 * Math.min(1, Math.max(0, channel)));
  }

  /** The mean colour over a pixel's area. */
  private double[] pixel(Sign sign, int column, int row, double ground, double[] tint) {
    double cos = StrictMath.cos(sign.angle()) / sign.radius();
    double sin = StrictMath.sin(sign.angle()) / sign.radius();
    double[] sum = new double[3];
    for (int i = 0; i < SUBPIXELS * SUBPIXELS; i++) {
      double dx = (column + (i % SUBPIXELS + 0.5) / SUBPIXELS) / size - sign.x();
      double dy = (row + (i / SUBPIXELS + 0.5) / SUBPIXELS) / size - sign.y();
      Optional<Part> part = part(sign, cos * dx + sin * dy, cos * dy - sin * dx);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += part.isPresent() ? sign.colour(part.get()).channel(c) : ground + tint[c];
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= SUBPIXELS * SUBPIXELS;
    }
    return sum;
  }

  private static Optional<Part> part(Sign sign, double u, double v) {
    double out = sign.board().reach(u, v);
    if (out > 1) {
      return Optional.empty();
    }
    if (out > PLATE_EDGE) {
      return Optional.of(Part.RIM);
    }
    boolean symbol = sign.figure().reach(u / SYMBOL_EDGE, v / SYMBOL_EDGE) <= 1;
    return Optional.of(symbol ? Part.SYMBOL : Part.PLATE);
  }
}
