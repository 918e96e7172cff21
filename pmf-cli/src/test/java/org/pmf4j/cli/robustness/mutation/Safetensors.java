package org.pmf4j.cli.robustness.mutation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damage to a safetensors file's header, as JSON and as text, and to the numbers behind it. */
public final class Safetensors implements Mutation {
  private static final Mutation HEADER = Mutation.oneOf(new Json(), new Json(), new Text());
  private static final Mutation BYTES = new Bytes();

  @Override
  public byte[] apply(byte[] healthy, Random random) {
    int length = (int) ByteBuffer.wrap(healthy).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header = Arrays.copyOfRange(healthy, 8, 8 + length);
    byte[] data = Arrays.copyOfRange(healthy, 8 + length, healthy.length);
    return switch (random.nextInt(8)) {
      case 0 -> BYTES.apply(healthy, random);
      case 1 -> packed(header, numbers(data, random));
      case 2 -> packed(header, BYTES.apply(data, random));
      case 3 -> packed(BYTES.apply(header, random), data);
      default -> packed(HEADER.apply(header, random), data);
    };
  }

  private static byte[] packed(byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  /** Numbers that are none, or too large to compute with. */
  private static byte[] numbers(byte[] data, Random random) {
    ByteBuffer changed = ByteBuffer.wrap(data.clone()).order(ByteOrder.LITTLE_ENDIAN);
    float[] odd = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, 0
    };
    float value = odd[random.nextInt(odd.length)];
    int count = random.nextBoolean() ? 1 : 1 + random.nextInt(data.length / 4 + 1);
    for (int i = 0; i < count && data.length >= 4; i++) {
      changed.putFloat(4 * random.nextInt(data.length / 4), value);
    }
    return changed.array();
  }
}
