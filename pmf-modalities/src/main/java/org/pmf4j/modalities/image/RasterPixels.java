package org.pmf4j.modalities.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import org.pmf4j.api.error.PmfException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * RGB from what a reader decoded, as Pillow's {@code convert("RGB")} makes it: palettes are looked
 * up, grey is repeated, alpha is dropped, colour profiles are not applied. 16-bit colours lose
 * their low byte; 16-bit grey is cut off at 255, as Pillow does it.
 */
final class RasterPixels {
  private static final Logger LOG = LoggerFactory.getLogger(RasterPixels.class);

  private RasterPixels() {}

  static RgbImage of(String name, BufferedImage image) {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    int type = raster.getTransferType();
    boolean integers =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    int bits = model.getComponentSize(0);
    if (!integers || bits > 16) {
      throw PmfException.input(
          name + ": samples of more than 16 bits or with fractions are not supported; save 8 bits");
    }
    if (model.isAlphaPremultiplied()) {
      return converted(image);
    }
    int bands = raster.getNumBands();
    if (bands <= 2) {
      if (bits > 8) {
        LOG.warn("{}: 16-bit grey is cut off at 255, as in the reference preprocessing", name);
      }
      return grey(raster, 0);
    }
    if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      return cmyk(raster);
    }
    return interleaved(raster, bits);
  }

  /** The samples of one band as red, green and blue; what is above 255 becomes 255. */
  static RgbImage grey(Raster raster, int band) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
      for (int sample : row) {
        byte v = (byte) Math.min(sample, 255);
        out[to++] = v;
        out[to++] = v;
        out[to++] = v;
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  /** The first three bands; of more than 8 bits the highest 8. */
  static RgbImage interleaved(Raster raster, int bits) {
    int width = raster.getWidth();
    int shift = Math.max(0, bits - 8);
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int band = 0; band < 3; band++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        int to = 3 * y * width + band;
        for (int sample : row) {
          out[to] = (byte) (sample >> shift);
          to += 3;
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  /** Pillow's CMYK → RGB for one ink: what it leaves of the light that black leaves. */
  static byte withoutInk(int ink, int black) {
    int light = 255 - black;
    int product = ink * light + 128;
    return (byte) (light - (((product >> 8) + product) >> 8));
  }

  private static RgbImage cmyk(Raster raster) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] pixel = new int[raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, pixel);
        for (int c = 0; c < 3; c++) {
          out[to++] = withoutInk(pixel[c], pixel[3]);
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  private static RgbImage indexed(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        out[to++] = (byte) palette.getRed(index);
        out[to++] = (byte) palette.getGreen(index);
        out[to++] = (byte) palette.getBlue(index);
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  private static RgbImage converted(BufferedImage image) {
    int width = image.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, image.getHeight())];
    int to = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        out[to++] = (byte) (rgb >> 16);
        out[to++] = (byte) (rgb >> 8);
        out[to++] = (byte) rgb;
      }
    }
    return new RgbImage(width, image.getHeight(), out);
  }
}
