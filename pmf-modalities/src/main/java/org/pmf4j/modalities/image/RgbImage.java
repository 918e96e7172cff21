package org.pmf4j.modalities.image;

/**
 * An 8-bit RGB image.
 *
 * @param width above 0
 * @param height above 0
 * @param samples row by row, red, green and blue of each pixel: 3 · width · height bytes
 */
record RgbImage(int width, int height, byte[] samples) {
  RgbImage {
    if (samples.length != 3L * width * height) {
      throw new IllegalArgumentException(
          samples.length + " samples for " + width + " × " + height + " pixels");
    }
  }

  /** This image on a larger one of one colour, of three bytes. */
  RgbImage on(byte[] colour, int canvasWidth, int canvasHeight, int left, int top) {
    byte[] out = new byte[Math.multiplyExact(3 * canvasWidth, canvasHeight)];
    for (int i = 0; i < out.length; i++) {
      out[i] = colour[i % 3];
    }
    int row = 3 * width;
    for (int y = 0; y < height; y++) {
      System.arraycopy(samples, y * row, out, 3 * ((top + y) * canvasWidth + left), row);
    }
    return new RgbImage(canvasWidth, canvasHeight, out);
  }
}
