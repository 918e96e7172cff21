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
}
