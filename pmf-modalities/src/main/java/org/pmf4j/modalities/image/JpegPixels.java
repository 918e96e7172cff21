package org.pmf4j.modalities.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.adobe.AdobeJpegDirectory;
import com.drew.metadata.jfif.JfifDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * RGB from the undecoded colours of a JPEG. Java's own conversion follows embedded colour profiles,
 * which Pillow and so the encoders' training do not; this one follows libjpeg's rules and
 * arithmetic, and Pillow's for CMYK.
 */
final class JpegPixels {
  private static final int SCALE_BITS = 16;
  private static final int HALF = 1 << (SCALE_BITS - 1);

  private JpegPixels() {}

  /** How the three or four components of a JPEG are meant. */
  private enum Colours {
    RGB,
    YCC,
    CMYK,
    YCCK
  }

  static RgbImage of(Raster raster, byte[] file) throws IOException {
    int bands = raster.getNumBands();
    return switch (bands) {
      case 1 -> RasterPixels.grey(raster, 0);
      case 3 -> colour(raster, coloursOf(file, bands));
      case 4 -> cmyk(raster, coloursOf(file, bands));
      default -> throw new IOException("a JPEG of " + bands + " components");
    };
  }

  /** The rules of libjpeg's {@code default_decompress_parms}. */
  private static Colours coloursOf(byte[] file, int bands) throws IOException {
    Metadata markers;
    try {
      markers = JpegMetadataReader.readMetadata(new ByteArrayInputStream(file));
    } catch (JpegProcessingException e) {
      throw new IOException(e.getMessage(), e);
    }
    AdobeJpegDirectory adobe = markers.getFirstDirectoryOfType(AdobeJpegDirectory.class);
    Integer transform =
        adobe == null ? null : adobe.getInteger(AdobeJpegDirectory.TAG_COLOR_TRANSFORM);
    if (bands == 4) {
      return transform == null || transform == 0 ? Colours.CMYK : Colours.YCCK;
    }
    if (markers.containsDirectoryOfType(JfifDirectory.class)) {
      return Colours.YCC;
    }
    if (transform != null) {
      return transform == 0 ? Colours.RGB : Colours.YCC;
    }
    return componentsAreNamedRgb(markers) ? Colours.RGB : Colours.YCC;
  }

  private static boolean componentsAreNamedRgb(Metadata markers) {
    JpegDirectory frame = markers.getFirstDirectoryOfType(JpegDirectory.class);
    if (frame == null) {
      return false;
    }
    for (int i = 0; i < 3; i++) {
      if (frame.getComponent(i) == null
          || frame.getComponent(i).getComponentId() != "RGB".charAt(i)) {
        return false;
      }
    }
    return true;
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
