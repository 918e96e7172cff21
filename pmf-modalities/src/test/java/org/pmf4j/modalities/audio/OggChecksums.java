package org.pmf4j.modalities.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes the checksums of Ogg pages right again, so that damage reaches what is inside. */
final class OggChecksums {
  private static final int HEADER = 27;
  private static final int CHECKSUM = 22;
  private static final int SEGMENTS = 26;

  private OggChecksums() {}

  /** Repairs, in place, all pages up to the first that does not begin as one. */
  static void repair(byte[] file) {
    int at = 0;
    while (at + HEADER <= file.length && file[at] == 'O' && file[at + 1] == 'g') {
      int end = at + HEADER + (file[at + SEGMENTS] & 0xFF);
      for (int s = at + HEADER, segments = Math.min(end, file.length); s < segments; s++) {
        end += file[s] & 0xFF;
      }
      if (end > file.length) {
        return;
      }
      ByteBuffer field = ByteBuffer.wrap(file, at + CHECKSUM, 4).order(ByteOrder.LITTLE_ENDIAN);
      field.putInt(at + CHECKSUM, 0);
      field.putInt(at + CHECKSUM, crc(file, at, end));
      at = end;
    }
  }

  /** Polynomial 0x04C11DB7, highest bit first. */
  private static int crc(byte[] file, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= (file[i] & 0xFF) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc << 1 ^ (crc < 0 ? 0x04C11DB7 : 0);
      }
    }
    return crc;
  }
}
