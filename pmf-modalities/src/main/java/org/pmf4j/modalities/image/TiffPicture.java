package org.pmf4j.modalities.image;

import com.twelvemonkeys.imageio.metadata.CompoundDirectory;
import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A TIFF's first page. What Pillow takes differently from the reader is put right here: dark 16-bit
 * grey that counts from white is not turned round, and colours under an alpha that they were
 * multiplied by are divided by it.
 *
 * @param tags of the first page
 */
record TiffPicture(Directory tags) implements Picture {
  private static final Set<Integer> COMPRESSIONS =
      Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946);
  private static final int LAB = 8;
  private static final int XMP = 700;
  private static final int MULTIPLIED = 1;

  static TiffPicture of(ImageInputStream in) throws IOException {
    Directory found;
    try {
      found = new TIFFReader().read(in);
    } catch (IOException | RuntimeException e) {
      throw Damaged.because("its directory of tags cannot be read", e);
    }
    Directory first = found;
    if (found instanceof CompoundDirectory pages) {
      if (pages.directoryCount() == 0) {
        throw Damaged.because("it has no page");
      }
      first = pages.getDirectory(0);
    }
    TiffPicture picture = new TiffPicture(first);
    picture.demandKnown();
    return picture;
  }

  private void demandKnown() throws Damaged {
    int compression = number(TIFF.TAG_COMPRESSION, 1);
    if (!COMPRESSIONS.contains(compression)) {
      throw Damaged.unsupported(
          "TIFF under compression "
              + compression
              + " is not read; save it with LZW or Deflate, or as PNG");
    }
    int photometric = number(TIFF.TAG_PHOTOMETRIC_INTERPRETATION, -1);
    if (photometric >= LAB) {
      throw Damaged.unsupported(
          "TIFF with colours that are neither grey, RGB, CMYK nor YCbCr is not read (photometric"
              + " interpretation "
              + photometric
              + "); save it as RGB");
    }
    int bits = number(TIFF.TAG_BITS_PER_SAMPLE, 1);
    if (bits > 16) {
      throw Damaged.unsupported(
          "TIFF with samples of " + bits + " bits is not read; save 8 bits or as PNG");
    }
  }

  private int number(int tag, int otherwise) {
    Entry entry = tags.getEntryById(tag);
    Object value = entry == null ? null : entry.getValue();
    if (value instanceof Number n) {
      return n.intValue();
    }
    if (value instanceof int[] many && many.length > 0) {
      return many[0];
    }
    if (value instanceof short[] many && many.length > 0) {
      return many[0];
    }
    return value instanceof long[] many && many.length > 0 ? (int) many[0] : otherwise;
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.TIFF;
  }

  @Override
  public int width() {
    return number(TIFF.TAG_IMAGE_WIDTH, 0);
  }

  @Override
  public int height() {
    return number(TIFF.TAG_IMAGE_HEIGHT, 0);
  }

  /** A strip may be as large as the picture. */
  @Override
  public boolean heldWhole() {
    return true;
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    Entry xmp = tags.getEntryById(XMP);
    byte[] packet = xmp != null && xmp.getValue() instanceof byte[] bytes ? bytes : new byte[0];
    return Orientation.of(number(TIFF.TAG_ORIENTATION, -1), packet);
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    try (Reading reading = Reading.of(format(), Part.whole(in))) {
      BufferedImage image = reading.image(factor);
      WritableRaster raster = image.getRaster();
      boolean multiplied = number(TIFF.TAG_EXTRA_SAMPLES, 0) == MULTIPLIED;
      if (multiplied && raster.getNumBands() == 2) {
        throw Damaged.unsupported(
            "TIFF of grey that was multiplied by its alpha is not read; save it without alpha");
      }
      boolean deepGrey = raster.getNumBands() == 1 && image.getColorModel().getPixelSize() == 16;
      if (deepGrey && number(TIFF.TAG_PHOTOMETRIC_INTERPRETATION, 1) == 0) {
        turnRound(raster);
      }
      RgbImage pixels = RasterPixels.of(image, warnings);
      if (multiplied && raster.getNumBands() == 4 && !image.isAlphaPremultiplied()) {
        RasterPixels.divide(pixels.samples(), raster, image.getColorModel().getComponentSize(3));
      }
      return pixels;
    }
  }

  private static void turnRound(WritableRaster raster) {
    int[] row = new int[raster.getWidth()];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, row.length, 1, 0, row);
      for (int x = 0; x < row.length; x++) {
        row[x] = 0xFFFF - row[x];
      }
      raster.setSamples(0, y, row.length, 1, 0, row);
    }
  }
}
