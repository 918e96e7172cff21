package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * ID3v2 and APEv2 tags, which stand before and behind MP3 and other audio. They are passed over.
 */
final class Tags {
  private static final int ID3_HEADER = 10;
  private static final int APE_HEADER = 32;

  /** The flag of APEv2 that tells a tag's header from its footer. */
  private static final int IS_HEADER = 1 << 29;

  private Tags() {}

  /** Skips the tags at the beginning, and the zeros that some writers leave behind them. */
  static void skipAll(InputStream in) throws IOException {
    boolean skipped = false;
    while (skip(in)) {
      skipped = true;
    }
    while (skipped && Bytes.peek(in, 1).length == 1 && Bytes.peek(in, 1)[0] == 0) {
      in.skipNBytes(1);
    }
  }

  /** Skips a tag, if one begins here; what ends beyond the file ends with it. */
  static boolean skip(InputStream in) throws IOException {
    byte[] head = Bytes.peek(in, APE_HEADER);
    if (head.length >= ID3_HEADER && Bytes.isAt(head, 0, "ID3")) {
      int size = (head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7;
      boolean footer = (head[5] & 0x10) != 0;
      Bytes.skip(in, (long) ID3_HEADER + (size | head[9] & 0x7F) + (footer ? ID3_HEADER : 0));
      return true;
    }
    if (head.length == APE_HEADER && Bytes.isAt(head, 0, "APETAGEX")) {
      ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      boolean header = (fields.getInt(20) & IS_HEADER) != 0;
      Bytes.skip(in, APE_HEADER + (header ? Integer.toUnsignedLong(fields.getInt(12)) : 0));
      return true;
    }
    return false;
  }
}
