package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStream;

/** Walks through the chunks of a WebP, whose container is RFC 9649's. For one thread at a time. */
final class WebpHeaders {
  private static final int FRAME = 0x464D4E41;
  private static final int EXIF = 0x46495845;
  private static final int XMP = 0x20504D58;
  private static final int CLEARED = 1;
  private static final int NOT_BLENDED = 2;

  private final ImageInputStream in;
  private final boolean all;
  private final List<WebpFrame> frames = new ArrayList<>();
  private int canvasWidth;
  private int canvasHeight;
  private boolean animated;
  private byte[] exif = {};
  private byte[] xmp = {};

  private WebpHeaders(ImageInputStream in, boolean all) {
    this.in = in;
    this.all = all;
  }

  /**
   * Reads a file's headers.
   *
   * @param all false to look into the first frame alone
   */
  static WebpHeaders of(ImageInputStream in, boolean all) throws IOException {
    in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
    WebpHeaders headers = new WebpHeaders(in, all);
    in.seek(4);
    long end = 8 + in.readUnsignedInt();
    if (end > in.length()) {
      throw Damaged.truncated();
    }
    in.seek(12);
    headers.chunks(end, WebpFrame.Place.WHOLE);
    if (headers.frames.isEmpty()) {
      throw Damaged.because("it has no frame");
    }
    headers.demandFit();
    return headers;
  }

  /**
   * Reads the chunks up to a place, those of a frame, if it be the whole picture, or those beside
   * it.
   */
  @SuppressWarnings("ReferenceEquality") // A frame may stand where the whole picture does
  private void chunks(long end, WebpFrame.Place place) throws IOException {
    Part alpha = null;
    boolean outermost = place == WebpFrame.Place.WHOLE;
    boolean found = !outermost || frames.isEmpty();
    while (in.getStreamPosition() + 8 <= end) {
      int type = in.readInt();
      long length = in.readUnsignedInt();
      Part body = new Part(in.getStreamPosition(), length);
      long next = body.from() + length;
      if (next > end) {
        throw Damaged.truncated();
      }
      switch (type) {
        case WebpFrame.ALPHA -> alpha = body;
        case WebpFrame.LOSSY, WebpFrame.LOSSLESS -> {
          if (found) {
            frames.add(WebpFrame.of(in, place, body, type == WebpFrame.LOSSLESS, alpha));
            found = false;
          }
        }
        case FRAME -> {
          if (outermost && (all || frames.isEmpty())) {
            frame(next);
            found = false;
          }
        }
        default -> beside(type, body);
      }
      in.seek(Math.min(next + length % 2, end));
    }
  }

  private void frame(long end) throws IOException {
    Animation.demandRoom(frames.size());
    animated = true;
    int left = 2 * WebpFrame.u24(in);
    int top = 2 * WebpFrame.u24(in);
    in.skipBytes(9);
    int flags = in.readUnsignedByte();
    int before = frames.size();
    chunks(end, new WebpFrame.Place(left, top, (flags & NOT_BLENDED) == 0, (flags & CLEARED) != 0));
    if (frames.size() == before) {
      throw Damaged.because("it has no frame");
    }
  }

  private void beside(int type, Part body) throws IOException {
    switch (type) {
      case WebpFrame.EXTENDED -> {
        in.skipBytes(4);
        canvasWidth = WebpFrame.u24(in) + 1;
        canvasHeight = WebpFrame.u24(in) + 1;
      }
      case EXIF -> exif = body.metadata(in);
      case XMP -> xmp = body.metadata(in);
      default -> {}
    }
  }

  private void demandFit() throws Damaged {
    WebpFrame first = frames.get(0);
    if (canvasWidth == 0) {
      canvasWidth = first.width();
      canvasHeight = first.height();
    }
    boolean outside = frames.stream().anyMatch(f -> !f.fits(canvasWidth, canvasHeight));
    if (outside || !animated && !first.covers(canvasWidth, canvasHeight)) {
      throw Damaged.because("its frame does not fit its canvas");
    }
  }

  int canvasWidth() {
    return canvasWidth;
  }

  int canvasHeight() {
    return canvasHeight;
  }

  /** The frames that were looked into, at least one. */
  List<WebpFrame> frames() {
    return List.copyOf(frames);
  }

  Orientation orientation() {
    return Orientation.of(exif, xmp);
  }
}
