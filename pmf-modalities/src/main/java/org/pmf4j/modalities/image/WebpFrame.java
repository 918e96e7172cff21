package org.pmf4j.modalities.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.ImageInputStream;

/**
 * A frame of a WebP, or the still that it is, whose pixels are not read. libwebp gets it alone.
 *
 * @param left of it on the canvas
 * @param top of it on the canvas
 * @param width in pixels, above 0
 * @param height in pixels, above 0
 * @param data the body of its {@code VP8 } or {@code VP8L} chunk
 * @param lossless whether that is {@code VP8L}
 * @param alpha the body of its {@code ALPH} chunk, or null for none
 * @param transparent whether any pixel may be seen through
 * @param blended whether it is laid over what is there, instead of replacing it
 * @param cleared whether its place is transparent when the next frame comes
 */
record WebpFrame(
    int left,
    int top,
    int width,
    int height,
    Part data,
    boolean lossless,
    Part alpha,
    boolean transparent,
    boolean blended,
    boolean cleared) {
  static final int EXTENDED = 0x58385056;
  static final int LOSSY = 0x20385056;
  static final int LOSSLESS = 0x4C385056;
  static final int ALPHA = 0x48504C41;
  private static final int RIFF = 0x46464952;
  private static final int WEBP = 0x50424557;
  private static final int MOST_SIDE = 16383;
  private static final int HAS_ALPHA = 0x10;
  private static final int HEADER = 12;
  private static final int CHUNK = 8;
  private static final int CANVAS = 10;

  /**
   * Where a frame stands and what becomes of it.
   *
   * @param left of it on the canvas
   * @param top of it on the canvas
   * @param blended as in the frame
   * @param cleared as in the frame
   */
  record Place(int left, int top, boolean blended, boolean cleared) {
    /** Of a still. */
    static final Place WHOLE = new Place(0, 0, false, false);
  }

  /** Reads the header that stands in its data, in the byte order of WebP. */
  static WebpFrame of(ImageInputStream in, Place place, Part data, boolean lossless, Part alpha)
      throws IOException {
    in.seek(data.from());
    boolean wrong;
    int width;
    int height;
    boolean transparent = alpha != null;
    if (lossless) {
      int signature = in.readUnsignedByte();
      long bits = in.readUnsignedInt();
      wrong = signature != 0x2F || bits >>> 29 != 0;
      width = (int) (bits & MOST_SIDE) + 1;
      height = (int) (bits >> 14 & MOST_SIDE) + 1;
      transparent |= (bits >> 28 & 1) != 0;
    } else {
      boolean key = (u24(in) & 1) == 0;
      wrong = u24(in) != 0x2A019D || !key;
      width = in.readUnsignedShort() & MOST_SIDE;
      height = in.readUnsignedShort() & MOST_SIDE;
    }
    if (wrong || width == 0 || height == 0) {
      throw Damaged.because("its frame has no header");
    }
    return new WebpFrame(
        place.left(),
        place.top(),
        width,
        height,
        data,
        lossless,
        alpha,
        transparent,
        place.blended(),
        place.cleared());
  }

  /** A number of three bytes. */
  static int u24(ImageInputStream in) throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  /** True if nothing of a canvas is left beside it. */
  boolean covers(int canvasWidth, int canvasHeight) {
    return width == canvasWidth && height == canvasHeight;
  }

  /** True if it is in a canvas. */
  boolean fits(int canvasWidth, int canvasHeight) {
    return left + width <= canvasWidth && top + height <= canvasHeight;
  }

  /**
   * Decodes colours, without transparency.
   *
   * @param factor 1 for all pixels, else libwebp makes it that many times smaller
   */
  RgbImage colours(ImageInputStream in, int factor, Consumer<String> warnings) throws IOException {
    try (Reading reading = Reading.of(PictureFormat.WEBP, still(in, null))) {
      return RasterPixels.of(
          reading.ask(r -> r.read(0, scaled(r.getDefaultReadParam(), factor))), warnings);
    }
  }

  /** Decodes alpha, red, green and blue of each pixel, not multiplied: 8 bits each. */
  int[] pixels(ImageInputStream in) throws IOException {
    try (Reading reading = Reading.of(PictureFormat.WEBP, still(in, alpha))) {
      BufferedImage image = reading.image(1);
      return image.getRGB(0, 0, width, height, null, 0, width);
    }
  }

  private ImageReadParam scaled(ImageReadParam param, int factor) {
    if (factor > 1 && param instanceof com.luciad.imageio.webp.WebPReadParam webp) {
      webp.setUseScaling(true);
      webp.setScaledWidth((width + factor - 1) / factor);
      webp.setScaledHeight((height + factor - 1) / factor);
    }
    return param;
  }

  /** A file of this frame alone. */
  private byte[] still(ImageInputStream in, Part withAlpha) throws IOException {
    byte[] body = chunk(in, lossless ? LOSSLESS : LOSSY, data);
    byte[] before = withAlpha == null ? new byte[0] : chunk(in, ALPHA, withAlpha);
    int canvas = withAlpha == null ? 0 : CHUNK + CANVAS;
    ByteBuffer file =
        ByteBuffer.allocate(HEADER + canvas + before.length + body.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(RIFF).putInt(file.capacity() - CHUNK).putInt(WEBP);
    if (withAlpha != null) {
      file.putInt(EXTENDED).putInt(CANVAS).putInt(HAS_ALPHA);
      put24(file, width - 1);
      put24(file, height - 1);
    }
    return file.put(before).put(body).array();
  }

  private static void put24(ByteBuffer out, int value) {
    out.putShort((short) value).put((byte) (value >> 16));
  }

  private static byte[] chunk(ImageInputStream in, int type, Part body) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(type).putInt((int) body.length());
    byte[] bytes = Part.bytes(in, head.array(), List.of(body));
    return Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
  }
}
