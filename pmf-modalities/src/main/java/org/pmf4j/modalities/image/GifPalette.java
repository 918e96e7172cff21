package org.pmf4j.modalities.image;

import java.io.IOException;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * The colours of a GIF's frame. Every index has one, as in Pillow: black behind those that are
 * given, and shades of grey where none are, or where those that are given are just these.
 *
 * @param colours red, green and blue of 256 indices
 * @param given how many stand in the file
 */
record GifPalette(byte[] colours, int given) {
  private static final int ALL = 256;

  /** Of frames without a palette: the index is the grey. */
  static final GifPalette GREY = grey();

  private static GifPalette grey() {
    byte[] colours = new byte[3 * ALL];
    for (int i = 0; i < colours.length; i++) {
      colours[i] = (byte) (i / 3);
    }
    return new GifPalette(colours, ALL);
  }

  /** Reads as many colours as the flags of a screen or a frame announce. */
  static GifPalette of(ImageInputStream in, int flags) throws IOException {
    int given = 2 << (flags & 7);
    byte[] colours = new byte[3 * ALL];
    in.readFully(colours, 0, 3 * given);
    boolean ramp = Arrays.equals(colours, 0, 3 * given, GREY.colours, 0, 3 * given);
    return ramp ? GREY : new GifPalette(colours, given);
  }

  /** The one that pictures share, not another with equal colours. */
  @SuppressWarnings("ReferenceEquality")
  boolean isGrey() {
    return this == GREY;
  }

  /** Red, green and blue of an index. */
  byte[] colour(int index) {
    return Arrays.copyOfRange(colours, 3 * index, 3 * index + 3);
  }

  /** The same, or the first colour for an index that none was given for. */
  byte[] givenColour(int index) {
    return colour(index < given ? index : 0);
  }
}
