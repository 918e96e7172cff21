package org.pmf4j.modalities.image;

import java.awt.image.Raster;

/**
 * RGB from the undecoded colours of a JPEG. Java's own conversion follows embedded colour profiles,
 * which Pillow and so the encoders' training do not; this one follows libjpeg's rules and
 * arithmetic, and Pillow's for CMYK.
 */
final class JpegPixels {
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << (SCALE_BITS - 1);

  private JpegPixels() {}

  /** How the components of a JPEG are meant. */
  enum Colours {
    GREY,
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  static RgbImage of(Raster raster, Colours colours) {
    return switch (colours) {
      case GREY -> RasterPixels.grey(raster, 0, 0);
      case RGB, YCC -> colour(raster, colours);
      case CMYK, YCCK -> cmyk(raster, colours);
    };
  }

  private static RgbImage colour(Raster raster, Colours colours) {
    RgbImage image = RasterPixels.interleaved(raster, 8);
    if (colours == Colours.YCC) {
      byte[] s = image.samples();
      for (int i = 0; i < s.length; i += 3) {
        toRgb(s, i, s[i] & 0xFF, s[i + 1] & 0xFF, s[i + 2] & 0xFF);
      }
    }
    return image;
  }

  /**
   * Adobe's JPEGs hold inverted inks: 255 is none. What is stored as YCCK turns to inverted CMY as
   * YCC turns to RGB, and then inverts once more, as libjpeg does it.
   */
  private static RgbImage cmyk(Raster raster, Colours colours) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] out = new byte[Math.multiplyExact(3 * width, height)];
    byte[] row = new byte[4 * width];
    int to = 0;
    for (int y = 0; y < height; y++) {
      raster.getDataElements(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < 4 * width; x += 4, to += 3) {
        if (colours == Colours.YCCK) {
          toRgb(row, x, row[x] & 0xFF, row[x + 1] & 0xFF, row[x + 2] & 0xFF);
          for (int c = x; c < x + 3; c++) {
            row[c] = (byte) (255 - (row[c] & 0xFF));
          }
        }
        for (int c = 0; c < 3; c++) {
          int ink = 255 - (row[x + c] & 0xFF);
          out[to + c] = RasterPixels.withoutInk(ink, 255 - (row[x + 3] & 0xFF));
        }
      }
    }
    return new RgbImage(width, height, out);
  }

  /** ITU-R BT.601 at full range, in the fixed-point arithmetic of libjpeg's {@code jdcolor.c}. */
  private static void toRgb(byte[] out, int at, int y, int cb, int cr) {
    int b = cb - 128;
    int r = cr - 128;
    int red = y + ((fixed(1.40200) * r + HALF) >> SCALE_BITS);
    int green = y + ((-fixed(0.34414) * b + HALF - fixed(0.71414) * r) >> SCALE_BITS);
    int blue = y + ((fixed(1.77200) * b + HALF) >> SCALE_BITS);
    out[at] = clip(red);
    out[at + 1] = clip(green);
    out[at + 2] = clip(blue);
  }

  private static int fixed(double x) {
    return (int) (x * (1 << SCALE_BITS) + 0.5);
  }

  private static byte clip(int x) {
    return (byte) Math.max(0, Math.min(255, x));
  }
}
