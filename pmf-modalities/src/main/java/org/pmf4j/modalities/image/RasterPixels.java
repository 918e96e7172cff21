package org.pmf4j.modalities.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * RGB from what a reader decoded, as Pillow's {@code convert("RGB")} makes it: palettes are looked
 * up, grey is repeated, alpha is dropped, colour profiles are not applied. 16-bit colours lose
 * their low byte; 16-bit grey is cut off at 255, as Pillow does it.
 */
final class RasterPixels {
  private RasterPixels() {}

  /**
   * The pixels of what a reader decoded.
   *
   * @param warnings takes what is to be said of it
   */
  static RgbImage of(BufferedImage image, Consumer<String> warnings) throws Damaged {
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    if (model instanceof IndexColorModel palette) {
      return indexed(raster, palette);
    }
    int type = raster.getTransferType();
    boolean integers =
        type == DataBuffer.TYPE_BYTE
            || type == DataBuffer.TYPE_SHORT && raster.getNumBands() == 1
            || type == DataBuffer.TYPE_USHORT
            || type == DataBuffer.TYPE_INT;
    int bits = model.getComponentSize(0);
    if (!integers || bits > 16) {
      throw Damaged.unsupported(
          "samples of more than 16 bits or with fractions are not read; save 8 bits");
    }
    int bands = raster.getNumBands();
    if (bands == 1 && bits > 8) {
      warnings.accept(
          "16-bit grey is cut off at 255, as in the reference preprocessing; brighter parts"
              + " become white");
    }
    if (bands <= 2) {
      return grey(raster, 0, bands == 2 ? Math.max(0, bits - 8) : 0);
    }
    if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      return cmyk(raster, Math.max(0, bits - 8));
    }
    RgbImage colours =
        model instanceof DirectColorModel direct
            ? packed(raster, direct)
            : interleaved(raster, bits);
    if (model.isAlphaPremultiplied()) {
      divide(colours.samples(), raster, bits);
    }
    return colours;
  }

  /**
   * The samples of one band, shifted, as red, green and blue; what is beyond 0 to 255 is cut off.
   */
  static RgbImage grey(Raster raster, int band, int shift) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
      for (int sample : row) {
        byte v = (byte) Math.max(0, Math.min(sample >> shift, 255));
        out[to++] = v;
        out[to++] = v;
        out[to++] = v;
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  /** Colours that were multiplied by their alpha, as Pillow gets them back. */
  static void divide(byte[] rgb, Raster raster, int bits) {
    int shift = Math.max(0, bits - 8);
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 3, row);
      for (int x = 0; x < width; x++) {
        int alpha = row[x] >> shift;
        for (int i = 3 * (y * width + x), end = i + 3; alpha > 0 && i < end; i++) {
          rgb[i] = (byte) Math.min(255, 255 * (rgb[i] & 0xFF) / alpha);
        }
      }
    }
  }

  /** The first three bands; of more than 8 bits the highest 8. */
  static RgbImage interleaved(Raster raster, int bits) {
    int width = raster.getWidth();
    byte[] same = inOrder(raster);
    if (same != null) {
      return new RgbImage(width, raster.getHeight(), same);
    }
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

  /** Colours that share a number; of fewer than 8 bits they are stretched as Pillow does it. */
  private static RgbImage packed(Raster raster, DirectColorModel model) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    for (int band = 0; band < 3; band++) {
      int bits = model.getComponentSize(band);
      int top = (1 << Math.min(bits, 8)) - 1;
      for (int y = 0; y < raster.getHeight(); y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
        int to = 3 * y * width + band;
        for (int sample : row) {
          out[to] = (byte) (top == 0 ? 0 : (sample >> Math.max(0, bits - 8)) * 255 / top);
          to += 3;
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  /** The raster's own samples where they stand as they are wanted, or null. */
  private static byte[] inOrder(Raster raster) {
    return raster.getSampleModel() instanceof PixelInterleavedSampleModel model
            && raster.getDataBuffer() instanceof DataBufferByte data
            && data.getOffset() == 0
            && data.getNumBanks() == 1
            && data.getSize() == 3L * raster.getWidth() * raster.getHeight()
            && model.getPixelStride() == 3
            && model.getScanlineStride() == 3 * raster.getWidth()
            && Arrays.equals(model.getBandOffsets(), new int[] {0, 1, 2})
        ? data.getData()
        : null;
  }

  /** Pillow's CMYK → RGB for one ink: what it leaves of the light that black leaves. */
  static byte withoutInk(int ink, int black) {
    int light = 255 - black;
    int product = ink * light + 128;
    return (byte) (light - (((product >> 8) + product) >> 8));
  }

  private static RgbImage cmyk(Raster raster, int shift) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] pixel = new int[raster.getNumBands()];
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < width; x++) {
        raster.getPixel(raster.getMinX() + x, raster.getMinY() + y, pixel);
        for (int c = 0; c < 3; c++) {
          out[to++] = withoutInk(pixel[c] >> shift, pixel[3] >> shift);
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }

  private static RgbImage indexed(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    byte[] out = new byte[Math.multiplyExact(3 * width, raster.getHeight())];
    int[] row = new int[width];
    int[] colours = new int[palette.getMapSize()];
    palette.getRGBs(colours);
    int to = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int index : row) {
        int rgb = index < colours.length ? colours[index] : 0;
        out[to++] = (byte) (rgb >> 16);
        out[to++] = (byte) (rgb >> 8);
        out[to++] = (byte) rgb;
      }
    }
    return new RgbImage(width, raster.getHeight(), out);
  }
}
