package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/**
 * Walks through the headers of a GIF: the screen's, then one frame's after the other. For one
 * thread at a time.
 */
final class GifHeaders {
  private static final int EXTENSION = '!';
  private static final int FRAME = ',';
  private static final int END = ';';
  private static final int CONTROL = 0xF9;
  private static final int INTERLACED = 0x40;

  private final ImageInputStream in;
  private final GifScreen screen;
  private int disposal;

  /** Reads the screen's header. */
  GifHeaders(ImageInputStream in) throws IOException {
    this.in = in;
    screen = GifScreen.of(in);
  }

  GifScreen screen() {
    return screen;
  }

  /** The first frame's header. */
  GifFrame first() throws IOException {
    int transparent = -1;
    while (true) {
      int kind = in.readUnsignedByte();
      if (kind == FRAME) {
        return frame(transparent);
      }
      if (kind != EXTENSION) {
        throw Damaged.because("it has no frame");
      }
      transparent = extension(transparent);
    }
  }

  /**
   * The header of the frame that follows, if one does; what is no block is skipped, as Pillow does.
   */
  Optional<GifFrame> next() throws IOException {
    int transparent = -1;
    for (int kind = in.read(); kind >= 0 && kind != END; kind = in.read()) {
      if (kind == FRAME) {
        return Optional.of(frame(transparent));
      }
      if (kind == EXTENSION) {
        transparent = extension(transparent);
      }
    }
    return Optional.empty();
  }

  /** Skips an extension; a frame's control that says nothing of disposal leaves the last word. */
  private int extension(int before) throws IOException {
    int transparent = before;
    if (in.readUnsignedByte() == CONTROL) {
      long block = in.getStreamPosition();
      in.skipBytes(1);
      int flags = in.readUnsignedByte();
      in.skipBytes(2);
      int index = in.readUnsignedByte();
      transparent = (flags & 1) != 0 ? index : before;
      int told = flags >> 2 & 7;
      disposal = told == 0 ? disposal : told;
      in.seek(block);
    }
    skipBlocks();
    return transparent;
  }

  private GifFrame frame(int transparent) throws IOException {
    int left = in.readUnsignedShort();
    int top = in.readUnsignedShort();
    int frameWidth = in.readUnsignedShort();
    int frameHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    GifPalette palette =
        (flags & GifScreen.PALETTE) != 0 ? GifPalette.of(in, flags) : screen.palette();
    long start = in.getStreamPosition();
    in.readUnsignedByte();
    skipBlocks();
    return new GifFrame(
        left,
        top,
        frameWidth,
        frameHeight,
        (flags & INTERLACED) != 0,
        palette,
        transparent,
        disposal,
        new Part(start, in.getStreamPosition() - start));
  }

  /** To the end of the file where they are cut off. */
  private void skipBlocks() throws IOException {
    for (int size = in.read(); size > 0; size = in.read()) {
      if (in.getStreamPosition() + size >= in.length()) {
        in.seek(in.length());
        return;
      }
      in.seek(in.getStreamPosition() + size);
    }
  }
}
