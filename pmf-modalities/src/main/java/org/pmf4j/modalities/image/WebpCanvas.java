package org.pmf4j.modalities.image;

import java.util.Arrays;

/**
 * What is to be seen of a WebP's frames, put one on the other as libwebp's {@code WebPAnimDecoder}
 * does it, which Pillow asks: in its integers, on a canvas that is transparent and black at first,
 * whatever background the file names. For one thread at a time.
 */
final class WebpCanvas {
  private static final int OPAQUE = 0xFF;

  private final int width;
  private final int height;

  /** Alpha, red, green and blue of each pixel. */
  private final int[] pixels;

  private WebpFrame before;

  /** What the last frame left was nothing but its own. */
  private boolean fresh;

  WebpCanvas(int width, int height) {
    this.width = width;
    this.height = height;
    pixels = new int[Math.multiplyExact(width, height)];
  }

  /** Puts the next frame on it. */
  void draw(WebpFrame frame, int[] argb) {
    if (before != null && before.cleared()) {
      clear(before);
    }
    fresh = isFresh(frame);
    if (fresh) {
      Arrays.fill(pixels, 0);
    }
    boolean blends = frame.blended() && !fresh;
    int at = 0;
    for (int y = frame.top(); y < frame.top() + frame.height(); y++) {
      for (int x = frame.left(); x < frame.left() + frame.width(); x++) {
        int source = argb[at++];
        int to = y * width + x;
        pixels[to] = blends && !isCleared(x, y) ? over(source, pixels[to]) : source;
      }
    }
    before = frame;
  }

  /** Where the frame before was taken away, nothing is blended, which would round. */
  private boolean isCleared(int x, int y) {
    return before.cleared()
        && x >= before.left()
        && x < before.left() + before.width()
        && y >= before.top()
        && y < before.top() + before.height();
  }

  /** A frame before which nothing counts: libwebp's key frame. */
  private boolean isFresh(WebpFrame frame) {
    if (before == null) {
      return true;
    }
    if ((!frame.transparent() || !frame.blended()) && frame.covers(width, height)) {
      return true;
    }
    return before.cleared() && (before.covers(width, height) || fresh);
  }

  private void clear(WebpFrame frame) {
    for (int y = 0; y < frame.height(); y++) {
      int from = (frame.top() + y) * width + frame.left();
      Arrays.fill(pixels, from, from + frame.width(), 0);
    }
  }

  /** One pixel over another, neither multiplied by its alpha. */
  private static int over(int source, int below) {
    int alpha = source >>> 24;
    if (alpha == OPAQUE) {
      return source;
    }
    if (alpha == 0) {
      return below;
    }
    int share = (below >>> 24) * (256 - alpha) >> 8;
    int sum = alpha + share;
    long scale = (1L << 24) / sum;
    int out = sum << 24;
    for (int shift = 0; shift < 24; shift += 8) {
      int channel = (source >> shift & 0xFF) * alpha + (below >> shift & 0xFF) * share;
      out |= (int) (channel * scale >> 24 & 0xFF) << shift;
    }
    return out;
  }

  /** What is to be seen now, without transparency. */
  RgbImage image() {
    byte[] samples = new byte[Math.multiplyExact(3, pixels.length)];
    int to = 0;
    for (int pixel : pixels) {
      samples[to++] = (byte) (pixel >> 16);
      samples[to++] = (byte) (pixel >> 8);
      samples[to++] = (byte) pixel;
    }
    return new RgbImage(width, height, samples);
  }
}
