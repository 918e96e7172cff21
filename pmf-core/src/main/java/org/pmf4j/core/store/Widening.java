package org.pmf4j.core.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.function.Consumer;
import org.pmf4j.api.tensor.DType;

/**
 * Copies elements as files store them into those that the framework computes with, exactly: short
 * ones are widened. Has no state: any thread may call it.
 */
public final class Widening {
  /** Elements converted at a time: arrays of this size stay in the processor's cache. */
  private static final int CHUNK = 4096;

  private Widening() {}

  /**
   * Takes pieces of a tensor, of whole elements each, and puts them behind what is there already.
   *
   * @param to little endian
   * @param type of the elements in the pieces, one that is read
   */
  public static Consumer<ByteBuffer> into(ByteBuffer to, StoredType type) {
    if (type.isPlain()) {
      return to::put;
    }
    DType as = type.readAs().orElseThrow();
    return piece -> {
      int n = piece.remaining() / type.bytes();
      if (as == DType.FLOAT32) {
        floats(piece.asShortBuffer(), to.asFloatBuffer(), type);
      } else {
        longs(piece.slice().order(ByteOrder.LITTLE_ENDIAN), n, to.asLongBuffer(), type);
      }
      to.position(to.position() + n * as.bytes());
    };
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

  private static void longs(ByteBuffer from, int n, LongBuffer to, StoredType type) {
    for (int i = 0; i < n * type.bytes(); i += type.bytes()) {
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
