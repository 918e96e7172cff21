package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * What a GIF says of all its frames.
 *
 * @param width that frames may exceed
 * @param height that frames may exceed
 * @param background index of the colour that stands where nothing else does
 * @param palette of frames that have none of their own
 */
record GifScreen(int width, int height, int background, GifPalette palette) {
  /** In the flags of a screen or a frame: a palette follows. */
  static final int PALETTE = 0x80;

  /** Leaves the stream at what follows. */
  static GifScreen of(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    in.seek(6);
    int width = in.readUnsignedShort();
    int height = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    int index = in.readUnsignedByte();
    in.skipBytes(1);
    return (flags & PALETTE) == 0
        ? new GifScreen(width, height, 0, GifPalette.GREY)
        : new GifScreen(width, height, index, GifPalette.of(in, flags));
  }

  /** A canvas on which nothing is yet. */
  GifCanvas canvas() {
    return new GifCanvas(width, height, background);
  }

  /** The screen as wide and high as a frame needs it. */
  GifScreen with(GifFrame frame) {
    return new GifScreen(
        Math.max(width, frame.left() + frame.width()),
        Math.max(height, frame.top() + frame.height()),
        background,
        palette);
  }
}
