package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;
import javax.imageio.stream.ImageInputStream;

/**
 * A WebP: a still, or the first frame of an animation on its canvas, of which what the frame does
 * not cover is black. libwebp gets the frame alone, as a still without transparency, which is
 * dropped anyway. The container is RFC 9649's.
 */
final class WebpPicture implements Picture {
  private static final int EXTENDED = 0x58385056;
  private static final int LOSSY = 0x20385056;
  private static final int LOSSLESS = 0x4C385056;
  private static final int FRAME = 0x464D4E41;
  private static final int EXIF = 0x46495845;
  private static final int XMP = 0x20504D58;
  private static final int RIFF = 0x46464952;
  private static final int WEBP = 0x50424557;
  private static final int MOST_SIDE = 16383;

  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private int width;
  private int height;
  private Part data;
  private boolean lossless;
  private boolean animated;
  private byte[] exif = {};
  private byte[] xmp = {};

  private WebpPicture() {}

  static WebpPicture of(ImageInputStream in) throws IOException {
    WebpPicture picture = new WebpPicture();
    in.seek(4);
    long end = 8 + in.readUnsignedInt();
    if (end > in.length()) {
      throw Damaged.truncated();
    }
    in.seek(12);
    picture.chunks(in, end, true);
    if (picture.data == null) {
      throw Damaged.because("it has no frame");
    }
    picture.sizeOfFrame(in);
    picture.demandFit();
    return picture;
  }

  private void chunks(ImageInputStream in, long end, boolean outermost) throws IOException {
    while (in.getStreamPosition() + 8 <= end) {
      int type = in.readInt();
      long length = in.readUnsignedInt();
      long start = in.getStreamPosition();
      if (start + length > end) {
        throw Damaged.truncated();
      }
      chunk(in, type, new Part(start, length), outermost);
      in.seek(Math.min(start + length + length % 2, end));
    }
  }

  private void chunk(ImageInputStream in, int type, Part body, boolean outermost)
      throws IOException {
    switch (type) {
      case EXTENDED -> {
        in.skipBytes(4);
        canvasWidth = u24(in) + 1;
        canvasHeight = u24(in) + 1;
      }
      case LOSSY, LOSSLESS -> {
        if (data == null) {
          data = body;
          lossless = type == LOSSLESS;
        }
      }
      case FRAME -> {
        if (data == null && outermost) {
          animated = true;
          left = 2 * u24(in);
          top = 2 * u24(in);
          in.skipBytes(10);
          chunks(in, body.from() + body.length(), false);
        }
      }
      case EXIF -> exif = body.metadata(in);
      case XMP -> xmp = body.metadata(in);
      default -> {}
    }
  }

  private static int u24(ImageInputStream in) throws IOException {
    return in.readUnsignedShort() | in.readUnsignedByte() << 16;
  }

  private void sizeOfFrame(ImageInputStream in) throws IOException {
    in.seek(data.from());
    boolean wrong;
    if (lossless) {
      int signature = in.readUnsignedByte();
      long bits = in.readUnsignedInt();
      wrong = signature != 0x2F || bits >>> 29 != 0;
      width = (int) (bits & MOST_SIDE) + 1;
      height = (int) (bits >> 14 & MOST_SIDE) + 1;
    } else {
      boolean key = (u24(in) & 1) == 0;
      wrong = u24(in) != 0x2A019D || !key;
      width = in.readUnsignedShort() & MOST_SIDE;
      height = in.readUnsignedShort() & MOST_SIDE;
    }
    if (wrong || width == 0 || height == 0) {
      throw Damaged.because("its frame has no header");
    }
  }

  private void demandFit() throws Damaged {
    if (canvasWidth == 0) {
      canvasWidth = width;
      canvasHeight = height;
    }
    boolean outside = left + width > canvasWidth || top + height > canvasHeight;
    if (outside || !animated && !covers()) {
      throw Damaged.because("its frame does not fit its canvas");
    }
  }

  private boolean covers() {
    return width == canvasWidth && height == canvasHeight;
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.WEBP;
  }

  @Override
  public int width() {
    return canvasWidth;
  }

  @Override
  public int height() {
    return canvasHeight;
  }

  @Override
  public boolean heldWhole() {
    return lossless;
  }

  @Override
  public boolean canBeThinned() {
    return covers();
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return Orientation.of(exif, xmp);
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    RgbImage frame;
    try (Reading reading = Reading.of(format(), still(in))) {
      frame =
          RasterPixels.of(
              reading.ask(r -> r.read(0, scaled(r.getDefaultReadParam(), factor))), warnings);
    }
    return covers() ? frame : frame.on(new byte[3], canvasWidth, canvasHeight, left, top);
  }

  private ImageReadParam scaled(ImageReadParam param, int factor) {
    if (factor > 1 && param instanceof com.luciad.imageio.webp.WebPReadParam webp) {
      webp.setUseScaling(true);
      webp.setScaledWidth((width + factor - 1) / factor);
      webp.setScaledHeight((height + factor - 1) / factor);
    }
    return param;
  }

  private byte[] still(ImageInputStream in) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) data.length();
    head.putInt(RIFF).putInt(12 + length + length % 2).putInt(WEBP);
    head.putInt(lossless ? LOSSLESS : LOSSY).putInt(length);
    byte[] bytes = Part.bytes(in, head.array(), List.of(data));
    return length % 2 == 0 ? bytes : java.util.Arrays.copyOf(bytes, bytes.length + 1);
  }
}
