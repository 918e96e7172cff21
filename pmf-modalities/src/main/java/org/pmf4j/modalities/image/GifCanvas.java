package org.pmf4j.modalities.image;

/**
 * What is to be seen of a GIF's frames, put one on the other as Pillow's {@code GifImagePlugin}
 * does it before {@code convert("RGB")}. Of the first frame every index has its colour, the
 * transparent one too, and what it does not cover has the transparent colour, or else the first of
 * its palette. Where the first frame is grey by its indices, frames are, up to the first that has
 * colours, and with it. For one thread at a time.
 */
final class GifCanvas {
  private final int background;
  private int width;
  private int height;
  private byte[] samples;
  private boolean grey;
  private int clearAtFirst = -1;
  private Patch undo;

  /**
   * A canvas on which nothing is yet.
   *
   * @param width of the screen, which a frame may enlarge
   * @param height of the screen
   * @param background index of the screen's colour
   */
  GifCanvas(int width, int height, int background) {
    this.width = width;
    this.height = height;
    this.background = background;
  }

  /** What becomes of a place before the next frame. */
  private record Patch(int left, int top, RgbImage pixels) {}

  /** Puts the next frame on it. */
  void draw(GifFrame frame, byte[] indices) {
    if (samples == null) {
      grow(frame, frame.palette().colour(Math.max(0, frame.transparent())));
      grey = frame.palette().isGrey();
      clearAtFirst = grey ? frame.transparent() : -1;
      undo = afterFirst(frame);
      put(frame, frame.palette(), indices, -1);
      return;
    }
    if (undo != null) {
      put(undo);
    }
    GifPalette palette = grey ? GifPalette.GREY : frame.palette();
    undo = after(frame, palette);
    grow(frame, frame.transparent() >= 0 ? new byte[3] : palette.colour(0));
    put(frame, palette, indices, frame.transparent());
    grey &= frame.palette().isGrey();
  }

  /** What is to be seen now. */
  RgbImage image() {
    return new RgbImage(width, height, samples.clone());
  }

  private Patch afterFirst(GifFrame frame) {
    if (frame.disposal() < GifFrame.TO_BACKGROUND) {
      return null;
    }
    if (frame.transparent() >= 0) {
      return filled(frame, frame.palette().colour(frame.transparent()));
    }
    return frame.disposal() == GifFrame.TO_BACKGROUND
        ? filled(frame, frame.palette().colour(background))
        : null;
  }

  private Patch after(GifFrame frame, GifPalette palette) {
    if (frame.disposal() < GifFrame.TO_BACKGROUND) {
      return null;
    }
    if (frame.disposal() > GifFrame.TO_BACKGROUND) {
      return new Patch(frame.left(), frame.top(), cut(frame));
    }
    int clear = clearAtFirst >= 0 ? clearAtFirst : frame.transparent();
    return filled(frame, palette.givenColour(clear >= 0 ? clear : background));
  }

  private static Patch filled(GifFrame frame, byte[] colour) {
    RgbImage pixels = RgbImage.filled(frame.width(), frame.height(), colour);
    return new Patch(frame.left(), frame.top(), pixels);
  }

  /** What stands at the frame's place now; black beyond the canvas. */
  private RgbImage cut(GifFrame frame) {
    byte[] out = new byte[Math.multiplyExact(3 * frame.width(), frame.height())];
    int columns = Math.min(frame.width(), width - frame.left());
    for (int y = 0; columns > 0 && y < Math.min(frame.height(), height - frame.top()); y++) {
      int from = 3 * ((frame.top() + y) * width + frame.left());
      System.arraycopy(samples, from, out, 3 * y * frame.width(), 3 * columns);
    }
    return new RgbImage(frame.width(), frame.height(), out);
  }

  private void put(Patch patch) {
    RgbImage pixels = patch.pixels();
    int row = 3 * pixels.width();
    for (int y = 0; y < pixels.height(); y++) {
      int to = 3 * ((patch.top() + y) * width + patch.left());
      System.arraycopy(pixels.samples(), y * row, samples, to, row);
    }
  }

  private void put(GifFrame frame, GifPalette palette, byte[] indices, int transparent) {
    byte[] colours = palette.colours();
    int at = 0;
    for (int y = 0; y < frame.height(); y++) {
      int to = 3 * ((frame.top() + y) * width + frame.left());
      for (int x = 0; x < frame.width(); x++, to += 3) {
        int index = indices[at++] & 0xFF;
        if (index != transparent) {
          System.arraycopy(colours, 3 * index, samples, to, 3);
        }
      }
    }
  }

  /** Makes room for a frame, in one colour. */
  private void grow(GifFrame frame, byte[] colour) {
    int wide = Math.max(width, frame.left() + frame.width());
    int high = Math.max(height, frame.top() + frame.height());
    if (samples == null) {
      samples = RgbImage.filled(wide, high, colour).samples();
    } else if (wide > width || high > height) {
      RgbImage before = new RgbImage(width, height, samples);
      samples = before.on(colour, wide, high, 0, 0).samples();
    }
    width = wide;
    height = high;
  }
}
