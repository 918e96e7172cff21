package org.pmf4j.cli.robustness.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/**
 * Damage to a Parquet file: to its footer, which says what stands where, to its pages, or to both
 * as plain bytes.
 */
public final class Parquet implements Mutation {
  private static final int END = 8;
  private static final byte[] TELLING = {0, 1, 0x15, 0x7f, -128, -1};

  private static final Mutation ANY =
      Mutation.oneOf(
          (healthy, random) -> damage(healthy, footer(healthy), healthy.length - END, random),
          (healthy, random) -> damage(healthy, footer(healthy), healthy.length - END, random),
          (healthy, random) -> damage(healthy, END / 2, footer(healthy), random),
          new Bytes());

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    return ANY.apply(healthy, random);
  }

  private static int footer(byte[] file) {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - END);
    return file.length - END - length;
  }

  private static byte[] damage(byte[] healthy, int from, int to, Random random) {
    byte[] damaged = healthy.clone();
    if (to <= from) {
      return damaged; // no pages, where there are no rows
    }
    for (int n = 1 << random.nextInt(5); n > 0; n--) {
      int at = from + random.nextInt(to - from);
      damaged[at] =
          random.nextBoolean()
              ? TELLING[random.nextInt(TELLING.length)]
              : (byte) random.nextInt(256);
    }
    return damaged;
  }
}
