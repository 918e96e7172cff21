package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;

/** Makes small pictures of pictures, upright and whole. */
final class Thumbnail {
  private static final int SIDE = 256;

  /** Up to here PNG is small too, and shows each pixel as it is. */
  private static final int FEW_PIXELS = 64 * 64;

  private Thumbnail() {}

  /**
   * A picture of at most 256 pixels a side; a smaller one keeps its size.
   *
   * @throws org.pmf4j.api.error.PmfException as {@link ImageDecoder#decode}
   */
  static Preview.Picture of(Source source) {
    RgbImage image = ImageDecoder.decode(source, Thumbnail::fitted).image();
    int[] size = fitted(image.width(), image.height());
    RgbImage small = Resize.to(image, size[0], size[1], Filter.BICUBIC);
    return size[0] * size[1] <= FEW_PIXELS ? encoded(small, "png") : encoded(small, "jpeg");
  }

  private static int[] fitted(int width, int height) {
    double factor = Math.min(1, (double) SIDE / Math.max(width, height));
    return new int[] {
      (int) Math.max(1, Math.round(width * factor)), (int) Math.max(1, Math.round(height * factor))
    };
  }

  private static Preview.Picture encoded(RgbImage image, String format) {
    int width = image.width();
    BufferedImage rgb = new BufferedImage(width, image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] s = image.samples();
    for (int i = 0; i < width * image.height(); i++) {
      int pixel = (s[3 * i] & 0xFF) << 16 | (s[3 * i + 1] & 0xFF) << 8 | s[3 * i + 2] & 0xFF;
      rgb.setRGB(i % width, i / width, pixel);
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(rgb, format, out);
      return new Preview.Picture("image/" + format, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("into memory", e);
    }
  }
}
