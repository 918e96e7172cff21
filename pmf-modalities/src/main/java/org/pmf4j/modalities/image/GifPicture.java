package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A GIF's first frame on its screen. A frame may be smaller than its screen; what it does not cover
 * has the transparent colour, or else the first of the palette, as in Pillow. The reader gets no
 * comments and no further frames.
 */
final class GifPicture implements Picture {
  private static final int EXTENSION = '!';
  private static final int FRAME = ',';
  private static final int CONTROL = 0xF9;
  private static final int SCREEN = 13;
  private static final int PALETTE = 0x80;
  private static final int INTERLACED = 0x40;
  private static final int COLOURS = 3 * 256;

  /** Every index has a colour, as in Pillow; without any palette they are shades of grey. */
  private final byte[] palette = new byte[COLOURS];

  private int width;
  private int height;
  private int left;
  private int top;
  private int frameWidth;
  private int frameHeight;
  private boolean interlaced;
  private boolean hasPalette;
  private int transparent;
  private Part data;

  private GifPicture() {}

  static GifPicture of(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    GifPicture picture = new GifPicture();
    in.seek(6);
    int screenWidth = in.readUnsignedShort();
    int screenHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    in.skipBytes(2);
    picture.palette(in, flags);
    picture.blocks(in);
    picture.width = Math.max(screenWidth, picture.left + picture.frameWidth);
    picture.height = Math.max(screenHeight, picture.top + picture.frameHeight);
    return picture;
  }

  private void palette(ImageInputStream in, int flags) throws IOException {
    if ((flags & PALETTE) != 0) {
      Arrays.fill(palette, (byte) 0);
      in.readFully(palette, 0, 3 << (flags & 7) + 1);
      hasPalette = true;
    }
  }

  private void blocks(ImageInputStream in) throws IOException {
    while (true) {
      int kind = in.readUnsignedByte();
      if (kind == FRAME) {
        frame(in);
        return;
      }
      if (kind != EXTENSION) {
        throw Damaged.because("it has no frame");
      }
      int label = in.readUnsignedByte();
      if (label == CONTROL) {
        long block = in.getStreamPosition();
        in.skipBytes(1);
        int flags = in.readUnsignedByte();
        in.skipBytes(2);
        int index = in.readUnsignedByte();
        transparent = (flags & 1) != 0 ? index : 0;
        in.seek(block);
      }
      skipBlocks(in);
    }
  }

  private void frame(ImageInputStream in) throws IOException {
    left = in.readUnsignedShort();
    top = in.readUnsignedShort();
    frameWidth = in.readUnsignedShort();
    frameHeight = in.readUnsignedShort();
    int flags = in.readUnsignedByte();
    interlaced = (flags & INTERLACED) != 0;
    palette(in, flags);
    if (!hasPalette) {
      for (int i = 0; i < COLOURS; i++) {
        palette[i] = (byte) (i / 3);
      }
    }
    long start = in.getStreamPosition();
    in.readUnsignedByte();
    skipBlocks(in);
    data = new Part(start, in.getStreamPosition() - start);
  }

  /** To the end of the file where they are cut off. */
  private static void skipBlocks(ImageInputStream in) throws IOException {
    for (int size = in.read(); size > 0; size = in.read()) {
      if (in.getStreamPosition() + size >= in.length()) {
        in.seek(in.length());
        return;
      }
      in.seek(in.getStreamPosition() + size);
    }
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.GIF;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public boolean canBeThinned() {
    return false;
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return Orientation.UPRIGHT;
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    byte[] bytes = Part.bytes(in, head(), List.of(data));
    bytes = Arrays.copyOf(bytes, bytes.length + 1);
    bytes[bytes.length - 1] = ';';
    RgbImage image;
    try (Reading reading = Reading.of(format(), bytes)) {
      image = RasterPixels.of(reading.image(1), warnings);
    }
    if (image.width() == width && image.height() == height) {
      return image;
    }
    byte[] background = Arrays.copyOfRange(palette, 3 * transparent, 3 * transparent + 3);
    return image.on(background, width, height, left, top);
  }

  /** A screen as large as the frame, with all 256 colours, and the frame's descriptor. */
  private byte[] head() {
    ByteBuffer head = ByteBuffer.allocate(SCREEN + COLOURS + 10).order(ByteOrder.LITTLE_ENDIAN);
    head.put("GIF89a".getBytes(StandardCharsets.US_ASCII));
    head.putShort((short) frameWidth).putShort((short) frameHeight);
    head.put((byte) (PALETTE | 0x77)).putShort((short) 0).put(palette);
    head.put((byte) FRAME).putInt(0).putShort((short) frameWidth).putShort((short) frameHeight);
    return head.put((byte) (interlaced ? INTERLACED : 0)).array();
  }
}
