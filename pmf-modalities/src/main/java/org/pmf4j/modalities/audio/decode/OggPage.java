package org.pmf4j.modalities.audio.decode;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * A page of an Ogg stream (RFC 3533).
 *
 * @param flags continued, first, last
 * @param granule how many samples end with this page, −1 if no packet does
 * @param serial of the logical stream
 * @param sequence number of the page in it
 * @param lacing sizes of the segments
 * @param data of all segments
 */
record OggPage(int flags, long granule, int serial, int sequence, byte[] lacing, byte[] data) {
  private static final int HEADER = 27;
  private static final int CHECKSUM = 22;
  private static final int[] TABLE = table();

  /** Reads the next page; empty at the end of the file. */
  static Optional<OggPage> read(InputStream in) throws IOException {
    byte[] head = in.readNBytes(HEADER);
    if (head.length == 0) {
      return Optional.empty();
    }
    if (head.length < HEADER) {
      throw new BadAudioException("the audio is truncated in an Ogg page; replace the file");
    }
    if (!Bytes.isAt(head, 0, "OggS") || head[4] != 0) {
      throw new BadAudioException("the audio is damaged (no Ogg page follows); replace the file");
    }
    byte[] lacing = Bytes.read(in, head[26] & 0xFF, "an Ogg page");
    int size = 0;
    for (byte segment : lacing) {
      size += segment & 0xFF;
    }
    byte[] data = Bytes.read(in, size, "an Ogg page");
    ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int checksum = fields.getInt(CHECKSUM);
    fields.putInt(CHECKSUM, 0);
    if (crc(crc(crc(0, head), lacing), data) != checksum) {
      throw new BadAudioException(
          "the audio is damaged (an Ogg checksum is wrong); replace the file");
    }
    return Optional.of(
        new OggPage(
            head[5], fields.getLong(6), fields.getInt(14), fields.getInt(18), lacing, data));
  }

  boolean isContinued() {
    return (flags & 1) != 0;
  }

  boolean isFirst() {
    return (flags & 2) != 0;
  }

  boolean isLast() {
    return (flags & 4) != 0;
  }

  /** Polynomial 0x04C11DB7, highest bit first, which java.util.zip does not have. */
  private static int crc(int start, byte[] bytes) {
    int crc = start;
    for (byte b : bytes) {
      crc = crc << 8 ^ TABLE[crc >>> 24 ^ b & 0xFF];
    }
    return crc;
  }

  private static int[] table() {
    int[] table = new int[256];
    for (int i = 0; i < 256; i++) {
      int r = i << 24;
      for (int bit = 0; bit < 8; bit++) {
        r = r << 1 ^ (r < 0 ? 0x04C11DB7 : 0);
      }
      table[i] = r;
    }
    return table;
  }
}
