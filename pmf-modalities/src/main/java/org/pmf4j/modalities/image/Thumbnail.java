package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.pmf4j.api.modality.Preview;
import org.pmf4j.api.modality.Source;

/** Makes small pictures of pictures, upright and whole. Has no state: any thread may call it. */
public final class Thumbnail {
  private static final int SIDE = 256;

  /** Pixels between pictures that stand side by side. */
  private static final int GAP = 2;

  private static final byte[] WHITE = {-1, -1, -1};

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
    return encoded(small(image, SIDE));
  }

  /** The size of a picture of so many pixels that is part of a sheet of others. */
  public static int[] fittedToSheet(int width, int height) {
    return fitted(width, height, (SIDE - GAP) / 2);
  }

  /**
   * Up to four pictures as one of at most 256 pixels a side: two in a row, in reading order.
   *
   * @param images from one to four
   */
  public static Preview.Picture sheet(List<RgbImage> images) {
    if (images.size() == 1) {
      return encoded(small(images.get(0), SIDE));
    }
    List<RgbImage> parts = images.stream().map(i -> small(i, (SIDE - GAP) / 2)).toList();
    int width = parts.stream().mapToInt(RgbImage::width).max().orElseThrow();
    int height = parts.stream().mapToInt(RgbImage::height).max().orElseThrow();
    int rows = (parts.size() + 1) / 2;
    RgbImage sheet = RgbImage.filled(2 * width + GAP, rows * (height + GAP) - GAP, WHITE);
    for (int i = 0; i < parts.size(); i++) {
      RgbImage part = parts.get(i);
      int left = i % 2 * (width + GAP) + (width - part.width()) / 2;
      int top = i / 2 * (height + GAP) + (height - part.height()) / 2;
      part.copyTo(sheet.samples(), sheet.width(), left, top);
    }
    return encoded(sheet);
  }

  private static RgbImage small(RgbImage image, int side) {
    int[] size = fitted(image.width(), image.height(), side);
    return Resize.to(image, size[0], size[1], Filter.BICUBIC);
  }

  private static int[] fitted(int width, int height) {
    return fitted(width, height, SIDE);
  }

  private static int[] fitted(int width, int height, int side) {
    double factor = Math.min(1, (double) side / Math.max(width, height));
    return new int[] {
      (int) Math.max(1, Math.round(width * factor)), (int) Math.max(1, Math.round(height * factor))
    };
  }

  private static Preview.Picture encoded(RgbImage image) {
    return encoded(image, image.width() * image.height() <= FEW_PIXELS ? "png" : "jpeg");
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
