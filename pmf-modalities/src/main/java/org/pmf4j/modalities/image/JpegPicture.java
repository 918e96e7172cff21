package org.pmf4j.modalities.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.imageio.stream.ImageInputStream;

/**
 * A JPEG. The reader gets tables, frame and scans: no profiles, thumbnails or comments, which it
 * would stumble over where they are damaged, and nothing that tells it to convert colours, which is
 * done here.
 */
final class JpegPicture implements Picture {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP14 = 0xEE;
  private static final int APP15 = 0xEF;
  private static final int COMMENT = 0xFE;
  private static final byte[] EXIF = ascii("Exif\0\0");
  private static final byte[] XMP = ascii("http://ns.adobe.com/xap/1.0/\0");
  private static final int MARKER = 4;

  private final List<Part> parts = new ArrayList<>();
  private int width;
  private int height;
  private int process = -1;
  private String components = "";
  private boolean jfif;
  private int transform = -1;
  private byte[] exif = {};
  private byte[] xmp = {};

  private JpegPicture() {}

  static JpegPicture of(ImageInputStream in) throws IOException {
    JpegPicture picture = new JpegPicture();
    picture.parts.add(new Part(0, 2));
    in.seek(2);
    while (picture.segment(in)) {
      // until the first scan
    }
    picture.demandKnown();
    return picture;
  }

  private boolean segment(ImageInputStream in) throws IOException {
    int marker = in.readUnsignedByte();
    while (marker != 0xFF) {
      marker = in.readUnsignedByte();
    }
    while (marker == 0xFF) {
      marker = in.readUnsignedByte();
    }
    long start = in.getStreamPosition() - 2;
    if (marker == START_OF_SCAN) {
      parts.add(new Part(start, in.length() - start));
      return false;
    }
    if (marker == END) {
      throw Damaged.because("it ends before its pixels");
    }
    if (marker <= 1 || marker >= 0xD0 && marker <= 0xD8) {
      return true;
    }
    int length = in.readUnsignedShort();
    Part body = new Part(start + MARKER, Math.max(0, length - 2));
    if (body.from() + body.length() > in.length()) {
      throw Damaged.truncated();
    }
    if (marker >= APP0 && marker <= APP15) {
      application(marker, body.metadata(in));
    } else if (marker != COMMENT) {
      parts.add(new Part(start, 2L + Math.max(2, length)));
      if (isFrame(marker)) {
        frame(marker, in);
      }
    }
    in.seek(body.from() + body.length());
    return true;
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private void frame(int marker, ImageInputStream in) throws IOException {
    if (process >= 0) {
      throw Damaged.because("it has two headers");
    }
    process = marker - 0xC0;
    int bits = in.readUnsignedByte();
    height = in.readUnsignedShort();
    width = in.readUnsignedShort();
    int count = in.readUnsignedByte();
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append((char) in.readUnsignedByte());
      in.skipBytes(2);
    }
    components = names.toString();
    if (bits != 8) {
      throw Damaged.unsupported(
          "JPEG with samples of " + bits + " bits is not read; save it with 8 bits or as PNG");
    }
  }

  private void application(int marker, byte[] body) {
    if (marker == APP0 && body.length >= 14 && startsWith(body, ascii("JFIF\0"))) {
      jfif = true;
    } else if (marker == APP14 && body.length >= 12 && startsWith(body, ascii("Adobe"))) {
      transform = body[11] & 0xFF;
    } else if (marker == APP1 && exif.length == 0 && startsWith(body, EXIF)) {
      exif = body;
    } else if (marker == APP1 && xmp.length == 0 && startsWith(body, XMP)) {
      xmp = Arrays.copyOfRange(body, XMP.length, body.length);
    }
  }

  private void demandKnown() throws Damaged {
    if (process < 0) {
      throw Damaged.because("it has no header");
    }
    if (height == 0) {
      throw Damaged.unsupported(
          "JPEG whose height stands behind its pixels is not read; save it" + " again");
    }
    if (process > 3) {
      throw Damaged.unsupported(
          (process >= 9 ? "JPEG with arithmetic coding" : "hierarchical JPEG")
              + " is not read; save it again as an ordinary JPEG or as PNG");
    }
    int count = components.length();
    if (count != 1 && count != 3 && count != 4) {
      throw Damaged.unsupported(
          "JPEG of " + count + " components is not read; save it as RGB or grey");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** The rules of libjpeg's {@code default_decompress_parms}. */
  private JpegPixels.Colours colours() {
    return switch (components.length()) {
      case 1 -> JpegPixels.Colours.GREY;
      case 4 -> transform <= 0 ? JpegPixels.Colours.CMYK : JpegPixels.Colours.YCCK;
      default -> {
        boolean rgb = !jfif && (transform == 0 || transform < 0 && components.equals("RGB"));
        yield rgb ? JpegPixels.Colours.RGB : JpegPixels.Colours.YCC;
      }
    };
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.JPEG;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  /** Progressive and lossless. */
  @Override
  public boolean heldWhole() {
    return process >= 2;
  }

  /** Its samples become the picture where they stand. */
  @Override
  public long mostExact() {
    return ImageDecoder.MOST_HELD;
  }

  @Override
  public Orientation orientation(ImageInputStream in) {
    return Orientation.of(exif, xmp);
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    byte[] bytes = Part.bytes(in, new byte[0], parts);
    try (Reading reading = Reading.of(format(), bytes)) {
      return JpegPixels.of(reading.raster(factor), colours());
    }
  }
}
