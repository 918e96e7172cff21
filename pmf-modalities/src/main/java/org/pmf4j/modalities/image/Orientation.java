package org.pmf4j.modalities.image;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** How a camera was held, by the eight values of EXIF's tag 0x0112. */
enum Orientation {
  /** Value 1, and whatever is not a value. */
  UPRIGHT(false, false, false),
  /** Value 2: mirrored left to right. */
  MIRRORED(false, true, false),
  /** Value 3: turned by 180°. */
  TURNED(false, true, true),
  /** Value 4: mirrored top to bottom. */
  FLIPPED(false, false, true),
  /** Value 5: mirrored along the main diagonal. */
  TRANSPOSED(true, false, false),
  /** Value 6: to be turned by 90° clockwise. */
  CLOCKWISE(true, true, false),
  /** Value 7: mirrored along the other diagonal. */
  TRANSVERSED(true, true, true),
  /** Value 8: to be turned by 90° counterclockwise. */
  COUNTERCLOCKWISE(true, false, true);

  private final boolean transposed;
  private final boolean reversedColumns;
  private final boolean reversedRows;

  Orientation(boolean transposed, boolean reversedColumns, boolean reversedRows) {
    this.transposed = transposed;
    this.reversedColumns = reversedColumns;
    this.reversedRows = reversedRows;
  }

  /** The orientation that a file tells; upright where it tells none that can be read. */
  static Orientation of(byte[] file) {
    try {
      ExifIFD0Directory exif =
          ImageMetadataReader.readMetadata(new ByteArrayInputStream(file), file.length)
              .getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer value = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return value == null || value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
    } catch (ImageProcessingException | IOException e) {
      return UPRIGHT;
    }
  }

  /**
   * The image as it was seen: transposed first where need be, then with columns or rows reversed.
   */
  RgbImage upright(RgbImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    int width = transposed ? image.height() : image.width();
    int height = transposed ? image.width() : image.height();
    byte[] in = image.samples();
    byte[] out = new byte[in.length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      int row = reversedRows ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int column = reversedColumns ? width - 1 - x : x;
        int from = transposed ? column * image.width() + row : row * image.width() + column;
        System.arraycopy(in, 3 * from, out, to, 3);
        to += 3;
      }
    }
    return new RgbImage(width, height, out);
  }
}
