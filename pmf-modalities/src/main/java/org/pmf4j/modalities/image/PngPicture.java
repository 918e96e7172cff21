package org.pmf4j.modalities.image;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * A PNG. The reader gets header, palette and data: no texts or profiles, which may unpack to
 * gigabytes, no transparency, which is dropped anyway, and no gamma, which Pillow does not apply.
 * Checksums of what stands before the data must be right, as Pillow demands.
 */
final class PngPicture implements Picture {
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;
  private static final int TEXT = 0x74455874;
  private static final int PACKED_TEXT = 0x7A545874;
  private static final int WORLD_TEXT = 0x69545874;
  private static final int SIGNATURE = 8;
  private static final int FRAME = 12;
  private static final int HEADER = 13;
  private static final int INDEXED = 3;
  private static final long SIGN = 0x89504E470D0A1A0AL;
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xAE, 0x42, 0x60, (byte) 0x82
  };

  private final List<Part> parts = new ArrayList<>();
  private int width;
  private int height;
  private byte[] header = {};
  private byte[] palette = {};
  private boolean data;
  private byte[] exif = {};
  private byte[] exifInText = {};
  private byte[] xmp = {};

  private PngPicture() {}

  static PngPicture of(ImageInputStream in) throws IOException {
    PngPicture picture = new PngPicture();
    in.seek(SIGNATURE);
    picture.chunks(in);
    if (picture.header.length != HEADER || !picture.data) {
      throw Damaged.because(picture.data ? "it has no header" : "it has no data");
    }
    return picture;
  }

  private void chunks(ImageInputStream in) throws IOException {
    boolean behind = false;
    while (in.getStreamPosition() + FRAME <= in.length() || !data) {
      long start = in.getStreamPosition();
      long length = in.readUnsignedInt();
      int type = in.readInt();
      long left = in.length() - start - FRAME;
      if (type == IEND) {
        return;
      }
      if (type == IDAT && !behind) {
        data = true;
        parts.add(new Part(start, Math.min(length, Math.max(left, 0)) + FRAME));
      } else {
        behind = data;
        if (left < length) {
          throw Damaged.truncated();
        }
        chunk(in, type, new Part(start + 8, length));
      }
      if (left < length) {
        parts.set(parts.size() - 1, new Part(start, in.length() - start));
        return;
      }
      in.seek(start + length + FRAME);
    }
  }

  private void chunk(ImageInputStream in, int type, Part body) throws IOException {
    if (!data) {
      check(in, type, body);
    }
    switch (type) {
      case IHDR -> {
        header = Part.bytes(in, new byte[0], List.of(body));
        in.seek(body.from());
        width = in.readInt();
        height = in.readInt();
      }
      case PLTE -> {
        if (header.length == HEADER && header[9] == INDEXED && !data) {
          palette = Arrays.copyOf(body.metadata(in), 3 << Math.min(header[8], 8));
        }
      }
      case EXIF -> exif = body.metadata(in);
      case TEXT, PACKED_TEXT, WORLD_TEXT -> text(type, body.metadata(in));
      default -> {}
    }
  }

  private static void check(ImageInputStream in, int type, Part body) throws IOException {
    in.seek(body.from() - 4);
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 14];
    for (long rest = body.length() + 4; rest > 0; ) {
      int n = in.read(block, 0, (int) Math.min(rest, block.length));
      if (n < 0) {
        throw new EOFException();
      }
      crc.update(block, 0, n);
      rest -= n;
    }
    if (in.readUnsignedInt() != crc.getValue()) {
      throw Damaged.because("the checksum of its " + printable(type) + " chunk is wrong");
    }
  }

  private void text(int type, byte[] bytes) throws IOException {
    int zero = indexOfZero(bytes, 0);
    String key = new String(bytes, 0, zero, StandardCharsets.ISO_8859_1);
    if (type == WORLD_TEXT && key.equals("XML:com.adobe.xmp") && zero + 3 < bytes.length) {
      byte[] value = from(bytes, indexOfZero(bytes, indexOfZero(bytes, zero + 3) + 1) + 1);
      xmp = bytes[zero + 1] == 0 ? value : unpacked(value);
    } else if (key.equals("Raw profile type exif") && type == TEXT) {
      exifInText = hex(from(bytes, zero + 1));
    } else if (key.equals("Raw profile type exif") && type == PACKED_TEXT) {
      exifInText = hex(unpacked(from(bytes, zero + 2)));
    }
  }

  /** Nothing where it is damaged or unpacks to more than what is looked into. */
  private static byte[] unpacked(byte[] packed) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      byte[] bytes = in.readNBytes(Part.MOST_METADATA + 1);
      return bytes.length > Part.MOST_METADATA ? new byte[0] : bytes;
    } catch (IOException e) {
      return new byte[0];
    }
  }

  private static byte[] from(byte[] bytes, int at) {
    return at >= bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, at, bytes.length);
  }

  private static int indexOfZero(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != 0) {
      at++;
    }
    return Math.min(at, bytes.length);
  }

  /** A profile as ImageMagick keeps it: two lines of header, then hexadecimal digits. */
  private static byte[] hex(byte[] text) {
    String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", 4);
    String digits = lines.length < 4 ? "" : lines[3].replaceAll("\\s", "");
    boolean whole = digits.length() % 2 == 0 && digits.matches("[0-9a-fA-F]*+");
    return whole ? HexFormat.of().parseHex(digits) : new byte[0];
  }

  private static String printable(int type) {
    byte[] name = {(byte) (type >> 24), (byte) (type >> 16), (byte) (type >> 8), (byte) type};
    String text = new String(name, StandardCharsets.ISO_8859_1);
    return text.matches("[A-Za-z]{4}") ? text : "nameless";
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.PNG;
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
  public Orientation orientation(ImageInputStream in) {
    return Orientation.of(exif.length > 0 ? exif : exifInText, xmp);
  }

  @Override
  public RgbImage pixels(ImageInputStream in, int factor, Consumer<String> warnings)
      throws IOException {
    byte[] bytes = Part.bytes(in, head(), parts);
    bytes = Arrays.copyOf(bytes, bytes.length + END.length);
    System.arraycopy(END, 0, bytes, bytes.length - END.length, END.length);
    try (Reading reading = Reading.of(format(), bytes)) {
      return RasterPixels.of(reading.image(factor), warnings);
    }
  }

  /** Every index has a colour, as in Pillow. */
  private byte[] head() {
    ByteBuffer head = ByteBuffer.allocate(SIGNATURE + 2 * FRAME + HEADER + palette.length);
    head.putLong(SIGN);
    put(head, IHDR, header);
    if (palette.length > 0) {
      put(head, PLTE, palette);
    }
    return Arrays.copyOf(head.array(), head.position());
  }

  private static void put(ByteBuffer out, int type, byte[] body) {
    int start = out.position() + 4;
    out.putInt(body.length).putInt(type).put(body);
    CRC32 crc = new CRC32();
    crc.update(out.duplicate().position(start).limit(start + 4 + body.length));
    out.putInt((int) crc.getValue());
  }
}
