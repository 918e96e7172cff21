package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A BMP.
 *
 * @param width above 0
 * @param height above 0, whichever row comes first
 * @param withoutMasks whether it announces masks of 32-bit colours and gives none
 */
record BmpPicture(int width, int height, boolean withoutMasks) implements Picture {
  private static final int MASKS = 54;
  private static final int BY_MASKS = 3;

  static BmpPicture of(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(14);
    int header = in.readInt();
    if (header == 12) {
      return new BmpPicture(in.readUnsignedShort(), in.readUnsignedShort(), false);
    }
    if (header < 16 || header > 1024) {
      throw Damaged.because("it has no header");
    }
    int width = in.readInt();
    int height = Math.abs(in.readInt());
    in.skipBytes(2);
    int bits = in.readUnsignedShort();
    int compression = header < 20 ? 0 : in.readInt();
    if (compression < 0 || compression > BY_MASKS && compression != 6) {
      throw Damaged.unsupported(
          "BMP under compression "
              + Integer.toUnsignedString(compression)
              + " is not read; save it as PNG");
    }
    boolean withoutMasks = false;
    if (compression == BY_MASKS && bits == 32) {
      in.seek(MASKS);
      int red = in.readInt();
      int green = in.readInt();
      int blue = in.readInt();
      withoutMasks = red == 0 && green == 0 && blue == 0;
    }
    return new BmpPicture(width, height, withoutMasks);
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.BMP;
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return Orientation.UPRIGHT;
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    byte[] bytes = Part.whole(in);
    if (withoutMasks) {
      ByteBuffer masks = ByteBuffer.wrap(bytes, MASKS, 12).order(ByteOrder.LITTLE_ENDIAN);
      masks.putInt(0xFF0000).putInt(0xFF00).putInt(0xFF);
    }
    try (Reading reading = Reading.of(format(), bytes)) {
      BufferedImage image = reading.image(factor);
      if (image.getColorModel() instanceof DirectColorModel model
          && model.getComponentSize(0) > 8) {
        throw Damaged.unsupported(
            "BMP with samples of more than 8 bits is not read; save it as PNG");
      }
      if (image.getColorModel() instanceof IndexColorModel palette && isRamp(palette)) {
        return RasterPixels.grey(image.getRaster(), 0, 0);
      }
      return RasterPixels.of(image, warnings);
    }
  }

  /** Pillow takes indices for greys, where all colours that are given are those. */
  private static boolean isRamp(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      if ((palette.getRGB(i) & 0xFFFFFF) != i * 0x010101) {
        return false;
      }
    }
    return palette.getPixelSize() == 8;
  }
}
