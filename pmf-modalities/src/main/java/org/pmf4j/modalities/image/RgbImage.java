package org.pmf4j.modalities.image;

/**
 * An 8-bit RGB image, whose samples nobody changes. Any number of threads may read it.
 *
 * @param width above 0
 * @param height above 0
 * @param samples row by row, red, green and blue of each pixel: 3 · width · height bytes
 */
public record RgbImage(int width, int height, byte[] samples) {
  /** Refuses samples of another number. */
  public RgbImage {
    if (samples.length != 3L * width * height) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + width + " × " + height + " pixels");
    }
  }

  /** An image of one colour, of three bytes. */
  static RgbImage filled(int width, int height, byte[] colour) {
    byte[] samples = new byte[Math.multiplyExact(3 * width, height)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = colour[i % 3];
    }
    return new RgbImage(width, height, samples);
  }

  /** This image on a larger one of one colour, of three bytes. */
  RgbImage on(byte[] colour, int canvasWidth, int canvasHeight, int left, int top) {
    byte[] out = filled(canvasWidth, canvasHeight, colour).samples();
    copyTo(out, canvasWidth, left, top);
    return new RgbImage(canvasWidth, canvasHeight, out);
  }

  /** Puts this image onto the samples of a larger one. */
  void copyTo(byte[] canvas, int canvasWidth, int left, int top) {
    int row = 3 * width;
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, y * row, canvas, 3 * ((top + y) * canvasWidth + left), row);
    }
  }
}
