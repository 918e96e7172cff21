package org.pmf4j.modalities.image;

/** Cuts a rectangle from the middle, as {@code center_crop} of Hugging Face transformers does. */
final class CenterCrop {
  private CenterCrop() {}

  /** The middle of the image; black where the image is smaller than what is asked for. */
  static RgbImage of(RgbImage image, int width, int height) {
    int left = offset(image.width(), width);
    int top = offset(image.height(), height);
    byte[] out = new byte[Math.multiplyExact(3 * width, height)];
    int fromX = Math.max(left, 0);
    int columns = Math.min(left + width, image.width()) - fromX;
    for (int y = Math.max(top, 0); y < Math.min(top + height, image.height()); y++) {
      int from = 3 * (y * image.width() + fromX);
      int to = 3 * ((y - top) * width + fromX - left);
      System.arraycopy(image.samples(), from, out, to, 3 * columns);
    }
    return new RgbImage(width, height, out);
  }

  /** Where the cut begins; below 0 where it begins before the image. */
  private static int offset(int has, int wants) {
    return Math.floorDiv(has - wants, 2);
  }
}
