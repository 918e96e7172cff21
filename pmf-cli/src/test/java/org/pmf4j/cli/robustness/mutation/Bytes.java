package org.pmf4j.cli.robustness.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damage that knows nothing of the format: one to three of these at a time. */
public final class Bytes implements Mutation {
  private static final List<String> OTHERS =
      List.of(
          "",
          "version https://git-lfs.github.com/spec/v1\noid sha256:"
              + "0".repeat(64)
              + "\nsize 438012727\n",
          "<!DOCTYPE html><html><body>404: Not Found</body></html>",
          "Entry not found",
          "{}",
          "[]",
          "null",
          "\0",
          "PK\3\4",
          "\u007fELF");

  private static final List<Mutation> ALL =
      List.of(
          Bytes::flipBits,
          Bytes::flipBits,
          Bytes::setByte,
          Bytes::truncate,
          Bytes::extend,
          Bytes::removeBlock,
          Bytes::copyBlock,
          Bytes::insertBlock,
          Bytes::zeroBlock,
          Bytes::setLength,
          Bytes::setLength,
          Bytes::repeat,
          Bytes::another);

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    byte[] bytes = healthy;
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      bytes = Mutation.pick(ALL, random).apply(bytes, random);
    }
    return bytes;
  }

  private static byte[] flipBits(byte[] healthy, Random random) {
    byte[] bytes = healthy.clone();
    for (int n = 1 + random.nextInt(8); n > 0 && bytes.length > 0; n--) {
      bytes[at(bytes, random)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] setByte(byte[] healthy, Random random) {
    byte[] bytes = healthy.clone();
    if (bytes.length > 0) {
      bytes[at(bytes, random)] =
          new byte[] {0, 1, -1, 127, -128, '"', '{', '\n', ','}[random.nextInt(9)];
    }
    return bytes;
  }

  /** Headers are where formats break: half of all places are among the first. */
  private static int at(byte[] bytes, Random random) {
    return random.nextInt(random.nextBoolean() ? bytes.length : Math.min(bytes.length, 64));
  }

  private static byte[] truncate(byte[] healthy, Random random) {
    return Arrays.copyOf(healthy, random.nextInt(healthy.length + 1));
  }

  private static byte[] extend(byte[] healthy, Random random) {
    byte[] bytes = Arrays.copyOf(healthy, healthy.length + 1 + random.nextInt(4096));
    if (random.nextBoolean()) {
      byte[] noise = new byte[bytes.length - healthy.length];
      random.nextBytes(noise);
      System.arraycopy(noise, 0, bytes, healthy.length, noise.length);
    }
    return bytes;
  }

  private record Block(int from, int to) {
    static Block of(byte[] bytes, Random random) {
      int from = random.nextInt(bytes.length + 1);
      return new Block(from, from + random.nextInt(bytes.length - from + 1));
    }
  }

  private static byte[] removeBlock(byte[] healthy, Random random) {
    Block block = Block.of(healthy, random);
    return joined(healthy, block.from, new byte[0], block.to);
  }

  private static byte[] copyBlock(byte[] healthy, Random random) {
    Block block = Block.of(healthy, random);
    byte[] copy = Arrays.copyOfRange(healthy, block.from, block.to);
    int to = random.nextInt(healthy.length + 1);
    return joined(healthy, to, copy, Math.min(healthy.length, to + copy.length));
  }

  private static byte[] insertBlock(byte[] healthy, Random random) {
    Block block = Block.of(healthy, random);
    int to = random.nextInt(healthy.length + 1);
    return joined(healthy, to, Arrays.copyOfRange(healthy, block.from, block.to), to);
  }

  private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
    ByteBuffer all = ByteBuffer.allocate(until + middle.length + bytes.length - from);
    return all.put(bytes, 0, until).put(middle).put(bytes, from, bytes.length - from).array();
  }

  private static byte[] zeroBlock(byte[] healthy, Random random) {
    byte[] bytes = healthy.clone();
    Block block = Block.of(bytes, random);
    Arrays.fill(bytes, block.from, block.to, (byte) (random.nextBoolean() ? 0 : -1));
    return bytes;
  }

  /** What may be a length gets a value at an edge. */
  private static byte[] setLength(byte[] healthy, Random random) {
    int width = new int[] {2, 4, 8}[random.nextInt(3)];
    if (healthy.length < width) {
      return healthy;
    }
    ByteBuffer bytes =
        ByteBuffer.wrap(healthy.clone())
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    long size = healthy.length;
    long[] edges = {
      0,
      1,
      -1,
      0x7fff,
      0xffff,
      0x7fff_ffff,
      0x8000_0000L,
      0xffff_ffffL,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      size,
      size - 1,
      size + 1,
      size * 2,
      100_000_000,
      99_999_999
    };
    long value = edges[random.nextInt(edges.length)];
    int at = Math.min(at(healthy, random), healthy.length - width);
    switch (width) {
      case 2 -> bytes.putShort(at, (short) value);
      case 4 -> bytes.putInt(at, (int) value);
      default -> bytes.putLong(at, value);
    }
    return bytes.array();
  }

  private static byte[] repeat(byte[] healthy, Random random) {
    return joined(healthy, healthy.length, healthy, random.nextInt(healthy.length + 1));
  }

  private static byte[] another(byte[] healthy, Random random) {
    return Mutation.pick(OTHERS, random).getBytes(StandardCharsets.ISO_8859_1);
  }
}
