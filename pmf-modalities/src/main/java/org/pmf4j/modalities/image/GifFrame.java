package org.pmf4j.modalities.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/**
 * A frame of a GIF, whose pixels are not read. The library's reader gets one frame at a time, on a
 * screen as large as it, with all 256 colours and without comments, and never as interlaced, which
 * it gets wrong where a pass has no rows.
 *
 * @param left of it on the screen
 * @param top of it on the screen
 * @param width in pixels
 * @param height in pixels
 * @param interlaced whether its rows stand in four passes
 * @param palette its own, or the screen's
 * @param transparent the index that leaves what was there, or below 0
 * @param disposal what becomes of it before the next: {@link #TO_BACKGROUND}, above that what was
 *     there before it, below it stays
 * @param data its compressed indices
 */
record GifFrame(
    int left,
    int top,
    int width,
    int height,
    boolean interlaced,
    GifPalette palette,
    int transparent,
    int disposal,
    Part data) {
  /** The disposal that clears the frame's place. */
  static final int TO_BACKGROUND = 2;

  private static final int SCREEN = 13;
  private static final int DESCRIPTOR = 10;
  private static final int COLOURS = 0x80 | 0x77;

  /** The first row of each pass, and from one to the next: four that interlace, or one of all. */
  private static final int[] STARTS = {0, 4, 2, 1, 0};

  private static final int[] STEPS = {8, 8, 4, 2, 1};
  private static final int INTERLACED_PASSES = 4;

  /** Decodes one index for each pixel, row by row. */
  byte[] indices(ImageInputStream in) throws IOException {
    byte[] bytes = Part.bytes(in, head(), List.of(data));
    bytes = Arrays.copyOf(bytes, bytes.length + 1);
    bytes[bytes.length - 1] = ';';
    try (Reading reading = Reading.of(PictureFormat.GIF, bytes)) {
      Raster raster = reading.image(1).getRaster();
      byte[] indices = new byte[Math.multiplyExact(width, height)];
      int[] row = new int[width];
      int from = raster.getMinY();
      int end = interlaced ? INTERLACED_PASSES : STEPS.length;
      for (int pass = interlaced ? 0 : INTERLACED_PASSES; pass < end; pass++) {
        for (int y = STARTS[pass]; y < height; y += STEPS[pass]) {
          raster.getSamples(raster.getMinX(), from++, width, 1, 0, row);
          for (int x = 0; x < width; x++) {
            indices[y * width + x] = (byte) row[x];
          }
        }
      }
      return indices;
    }
  }

  private byte[] head() {
    byte[] colours = palette.colours();
    ByteBuffer head =
        ByteBuffer.allocate(SCREEN + colours.length + DESCRIPTOR).order(ByteOrder.LITTLE_ENDIAN);
    head.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
    head.putShort((short) width).putShort((short) height);
    head.put((byte) COLOURS).putShort((short) 0).put(colours);
    head.put((byte) ',').putInt(0).putShort((short) width).putShort((short) height);
    return head.put((byte) 0).array();
  }
}
