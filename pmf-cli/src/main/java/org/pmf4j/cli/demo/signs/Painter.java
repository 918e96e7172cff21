package org.pmf4j.cli.demo.signs;

import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Paints signs on an uneven grey ground, with shading and noise. The arithmetic is Java's own, and
 * strict, so that a seed gives the same picture on every machine.
 */
final class Painter {
  private static final int SUBPIXELS = 3;
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
    Pose pose = Pose.of(sign);
    double slopeX = 0.3 * (random.nextDouble() - 0.5);
    double slopeY = 0.3 * (random.nextDouble() - 0.5);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        double light = slopeX * (column / (double) size - 0.5) + slopeY * (row / (double) size);
        int rgb = 0;
        double[] pixel = pixel(pose, column, row, ground, tint);
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
  private double[] pixel(Pose pose, int column, int row, double ground, double[] tint) {
    double[] sum = new double[3];
    for (int i = 0; i < SUBPIXELS * SUBPIXELS; i++) {
      int across = i % SUBPIXELS;
      int down = i / SUBPIXELS;
      double x = (column + (across + 0.5) / SUBPIXELS) / size;
      double y = (row + (down + 0.5) / SUBPIXELS) / size;
      Optional<Colour> paint = pose.paint(x, y);
      for (int c = 0; c < sum.length; c++) {
        sum[c] += paint.isPresent() ? paint.get().channel(c) : ground + tint[c];
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= SUBPIXELS * SUBPIXELS;
    }
    return sum;
  }

  /** A sign with its turn and size worked out. */
  private record Pose(Sign sign, double cos, double sin) {
    static Pose of(Sign sign) {
      double scale = 1 / sign.radius();
      return new Pose(
          sign, scale * StrictMath.cos(sign.angle()), scale * StrictMath.sin(sign.angle()));
    }

    /** The sign's colour at a point of the picture; empty beside the sign. */
    Optional<Colour> paint(double x, double y) {
      double dx = x - sign.x();
      double dy = y - sign.y();
      double u = cos * dx + sin * dy;
      double v = cos * dy - sin * dx;
      double out = sign.board().reach(u, v);
      if (out > 1) {
        return Optional.empty();
      }
      if (out > PLATE_EDGE) {
        return Optional.of(sign.colour(Part.RIM));
      }
      boolean symbol = sign.figure().reach(u / SYMBOL_EDGE, v / SYMBOL_EDGE) <= 1;
      return Optional.of(sign.colour(symbol ? Part.SYMBOL : Part.PLATE));
    }
  }
}
