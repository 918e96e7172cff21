package org.pmf4j.spark.row;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.table.Cell;

/**
 * A picture that Spark's source {@code image} has decoded.
 *
 * @param origin where it came from; may be empty
 * @param data rows of pixels, from the top, each of 1 byte (grey), 3 (blue, green, red) or 4 (the
 *     same and how opaque it is)
 */
record SparkPicture(String origin, int height, int width, int channels, byte[] data) {
  private static final List<String> FIELDS =
      List.of("origin", "height", "width", "nChannels", "mode", "data");

  static boolean isOne(StructType struct) {
    return Arrays.asList(struct.fieldNames()).equals(FIELDS);
  }

  static SparkPicture of(Row row) {
    String origin = row.getString(0);
    byte[] data = row.getAs(5);
    SparkPicture picture =
        new SparkPicture(
            origin == null ? "" : origin, row.getInt(1), row.getInt(2), row.getInt(3), data);
    picture.check();
    return picture;
  }

  /** Spark marks a file that it could not decode by sizes of −1. */
  private void check() {
    if (height <= 0 || width <= 0 || data == null) {
      throw PmfException.input("Spark could not decode the picture");
    }
    boolean known = channels == 1 || channels == 3 || channels == 4;
    if (!known || (long) height * width * channels != data.length) {
      throw PmfException.input(
          String.format(
              Locale.ROOT,
              "no picture: %d by %d pixels of %d bytes, in %d bytes",
              width,
              height,
              channels,
              data.length));
    }
  }

  /** The same pixels as a file in PNG. */
  Cell file() {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image(), "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Cell.Bytes(origin, file.toByteArray());
  }

  private BufferedImage image() {
    if (channels == 1) {
      BufferedImage grey = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
      grey.getRaster().setDataElements(0, 0, width, height, data);
      return grey;
    }
    int type = channels == 3 ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, pixel((y * width + x) * channels));
      }
    }
    return image;
  }

  private int pixel(int at) {
    int opaque = channels == 3 ? 255 : data[at + 3] & 255;
    return opaque << 24 | (data[at + 2] & 255) << 16 | (data[at + 1] & 255) << 8 | data[at] & 255;
  }
}
