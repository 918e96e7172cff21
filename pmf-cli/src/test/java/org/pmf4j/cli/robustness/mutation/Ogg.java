package org.pmf4j.cli.robustness.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Damage to the bytes of an Ogg file whose pages have right checksums again afterwards. */
public final class Ogg implements Mutation {
  private static final Mutation BYTES = new Bytes();
  private static final int HEADER = 27;

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    ByteBuffer file =
        ByteBuffer.wrap(BYTES.apply(healthy, random).clone()).order(ByteOrder.LITTLE_ENDIAN);
    int at = 0;
    while (at + HEADER < file.limit() && file.getInt(at) == 0x5367674f) {
      int segments = file.get(at + 26) & 0xff;
      int end = at + HEADER + segments;
      for (int i = 0; i < segments && at + HEADER + i < file.limit(); i++) {
        end += file.get(at + HEADER + i) & 0xff;
      }
      end = Math.min(end, file.limit());
      file.putInt(at + 22, 0);
      file.putInt(at + 22, checksum(file, at, end));
      at = end;
    }
    return file.array();
  }

  /** The CRC of RFC 3533: polynomial 0x04c11db7, nothing reflected. */
  private static int checksum(ByteBuffer file, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= file.get(i) << 24;
      for (int bit = 0; bit < 8; bit++) {
        crc = crc < 0 ? crc << 1 ^ 0x04c11db7 : crc << 1;
      }
    }
    return crc;
  }
}
