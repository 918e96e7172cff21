package org.pmf4j.modalities.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

  /** As Pillow looks for it. */
  private static final Pattern IN_XMP = Pattern.compile("tiff:Orientation(=\"|>)([0-9])");

  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private final boolean transposed;
  private final boolean reversedColumns;
  private final boolean reversedRows;

  Orientation(boolean transposed, boolean reversedColumns, boolean reversedRows) {
    this.transposed = transposed;
    this.reversedColumns = reversedColumns;
    this.reversedRows = reversedRows;
  }

  /**
   * The orientation that metadata tell: EXIF's where it has the tag, else XMP's, else upright.
   *
   * @param exif a TIFF structure, behind {@code Exif\0\0} or not; may be empty
   * @param xmp a packet of XMP; may be empty
   */
  static Orientation of(byte[] exif, byte[] xmp) {
    return of(inExif(exif), xmp);
  }

  /** The same for a value that is known, below 0 where there is none. */
  static Orientation of(int inExif, byte[] xmp) {
    int value = inExif;
    if (value < 0) {
      Matcher m = IN_XMP.matcher(new String(xmp, StandardCharsets.ISO_8859_1));
      value = m.find() ? m.group(2).charAt(0) - '0' : -1;
    }
    return value < 1 || value > 8 ? UPRIGHT : values()[value - 1];
  }

  /** The first directory's tag, or -1. */
  private static int inExif(byte[] exif) {
    int base = 0;
    while (startsWith(exif, base)) {
      base += EXIF.length;
    }
    if (exif.length < base + 8) {
      return -1;
    }
    Metadata found = new Metadata();
    new ExifReader().extract(new ByteArrayReader(exif, base), found);
    ExifIFD0Directory first = found.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value = first == null ? null : first.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return value == null ? -1 : value;
  }

  private static boolean startsWith(byte[] bytes, int at) {
    return bytes.length >= at + EXIF.length
        && Arrays.equals(bytes, at, at + EXIF.length, EXIF, 0, EXIF.length);
  }

  /** Whether rows become columns. */
  boolean transposed() {
    return transposed;
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
