package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;

/** ID3v2 tags, which stand before MP3 and sometimes other audio. They are passed over. */
final class Id3 {
  private static final int HEADER = 10;

  private Id3() {}

  /** Skips the tags at the beginning, and the zeros that some writers leave behind them. */
  static void skip(InputStream in) throws IOException {
    boolean skipped = false;
    for (byte[] h = Bytes.peek(in, HEADER);
        h.length == HEADER && Bytes.isAt(h, 0, "ID3");
        h = Bytes.peek(in, HEADER)) {
      int size = (h[6] & 0x7F) << 21 | (h[7] & 0x7F) << 14 | (h[8] & 0x7F) << 7 | h[9] & 0x7F;
      boolean footer = (h[5] & 0x10) != 0;
      in.skipNBytes(HEADER + (long) size + (footer ? HEADER : 0));
      skipped = true;
    }
    while (skipped && Bytes.peek(in, 1).length == 1 && Bytes.peek(in, 1)[0] == 0) {
      in.skipNBytes(1);
    }
  }
}
