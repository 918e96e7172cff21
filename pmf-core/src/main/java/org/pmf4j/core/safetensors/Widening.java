package org.pmf4j.core.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;

/** Copies short element types into the longer ones that the framework computes with, exactly. */
final class Widening {
  /** Elements converted at a time: arrays of this size stay in the processor's cache. */
  private static final int CHUNK = 4096;

  private Widening() {}

  /**
   * Widened elements in fresh direct memory.
   *
   * @param from little endian
   * @param type neither plain nor unread
   */
  static ByteBuffer widen(ByteBuffer from, StoredType type) {
    int n = from.remaining() / type.bytes();
    DType to = type.readAs().orElseThrow();
    ByteBuffer result = HostTensor.direct(n, to);
    if (to == DType.FLOAT32) {
      floats(from.asShortBuffer(), result.asFloatBuffer(), type);
    } else {
      longs(from, result.asLongBuffer(), type);
    }
    return result;
  }

  private static void floats(ShortBuffer from, FloatBuffer to, StoredType type) {
    short[] in = new short[CHUNK];
    float[] out = new float[CHUNK];
    while (from.hasRemaining()) {
      int n = Math.min(CHUNK, from.remaining());
      from.get(in, 0, n);
      if (type == StoredType.BF16) {
        brainFloats(in, out, n);
      } else {
        halves(in, out, n);
      }
      to.put(out, 0, n);
    }
  }

  private static void halves(short[] in, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = HalfPrecision.toFloat(in[i]);
    }
  }

  private static void brainFloats(short[] in, float[] out, int n) {
    for (int i = 0; i < n; i++) {
      out[i] = Float.intBitsToFloat(in[i] << 16);
    }
  }

  private static void longs(ByteBuffer from, LongBuffer to, StoredType type) {
    for (int i = 0; to.hasRemaining(); i += type.bytes()) {
      to.put(
          switch (type) {
            case U8 -> Byte.toUnsignedLong(from.get(i));
            case I8 -> from.get(i);
            case I16 -> from.getShort(i);
            case U16 -> Short.toUnsignedLong(from.getShort(i));
            case I32 -> from.getInt(i);
            case U32 -> Integer.toUnsignedLong(from.getInt(i));
            default -> throw new IllegalArgumentException(type + " is not widened to INT64");
          });
    }
  }
}
