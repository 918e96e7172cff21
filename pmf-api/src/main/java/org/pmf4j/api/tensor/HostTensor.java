package org.pmf4j.api.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * A tensor's data on the Java side: row-major, little endian. It never changes after it was made;
 * the buffer may be a view of memory that it keeps alive. Immutable, so that any number of threads
 * may share it.
 *
 * @param shape its dimensions, all known
 * @param dtype type of its elements
 * @param data exactly {@code shape.size() * dtype.bytes()} bytes from position 0 to the limit
 */
public record HostTensor(Shape shape, DType dtype, ByteBuffer data) {
  /** Bytes of a tensor up to which its copy of an array is on the heap. */
  private static final int SMALL = 1 << 14;

  /** Checks that the buffer holds just what shape and type say. */
  public HostTensor {
    Objects.requireNonNull(dtype, "dtype");
    long bytes = Math.multiplyExact(shape.size(), (long) dtype.bytes());
    if (data.remaining() != bytes) {
      throw new IllegalArgumentException(
          dtype + " " + shape + " takes " + bytes + " bytes, got " + data.remaining());
    }
    data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A float32 tensor that copies {@code values}. */
  public static HostTensor of(float[] values, long... dims) {
    ByteBuffer b = memory(values.length, DType.FLOAT32);
    b.asFloatBuffer().put(values);
    return new HostTensor(Shape.of(dims), DType.FLOAT32, b);
  }

  /** A float64 tensor that copies {@code values}. */
  public static HostTensor of(double[] values, long... dims) {
    ByteBuffer b = memory(values.length, DType.FLOAT64);
    b.asDoubleBuffer().put(values);
    return new HostTensor(Shape.of(dims), DType.FLOAT64, b);
  }

  /** An int64 tensor that copies {@code values}. */
  public static HostTensor of(long[] values, long... dims) {
    ByteBuffer b = memory(values.length, DType.INT64);
    b.asLongBuffer().put(values);
    return new HostTensor(Shape.of(dims), DType.INT64, b);
  }

  /** A bool tensor that copies {@code values}. */
  public static HostTensor of(boolean[] values, long... dims) {
    ByteBuffer b = memory(values.length, DType.BOOL);
    for (int i = 0; i < values.length; i++) {
      b.put(i, (byte) (values[i] ? 1 : 0));
    }
    return new HostTensor(Shape.of(dims), DType.BOOL, b);
  }

  /** A float32 tensor of zeros. */
  public static HostTensor zeros(Shape shape) {
    int n = Math.toIntExact(shape.size());
    return new HostTensor(shape, DType.FLOAT32, direct(n, DType.FLOAT32));
  }

  /**
   * Of few elements on the heap: memory outside of it is given back when the old generation is
   * collected, which a million small tensors, one for each row, would not bring about.
   */
  private static ByteBuffer memory(int elements, DType dtype) {
    long bytes = (long) elements * dtype.bytes();
    return bytes > SMALL
        ? direct(elements, dtype)
        : ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A fresh direct little-endian buffer for {@code elements} elements. */
  public static ByteBuffer direct(int elements, DType dtype) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(elements, dtype.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * A copy in memory of its own.
   *
   * @param type the same, or {@code BFLOAT16}, to which FLOAT32 elements are rounded, halves to
   *     even
   * @throws IllegalArgumentException for another type
   */
  public HostTensor copy(DType type) {
    ByteBuffer copy = direct(Math.toIntExact(shape.size()), type);
    if (type == dtype) {
      copy.put(data()).flip();
    } else if (type == DType.BFLOAT16 && dtype == DType.FLOAT32) {
      FloatBuffer floats = data().asFloatBuffer();
      while (floats.hasRemaining()) {
        copy.putShort(bfloat16(floats.get()));
      }
      copy.flip();
    } else {
      throw wrongType("copy as " + type);
    }
    return new HostTensor(shape, type, copy);
  }

  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }

  /** The bytes; each call gives an independent view at position 0, little endian. */
  @Override
  public ByteBuffer data() {
    return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The elements as floats, copied; FLOAT64 ones are rounded.
   *
   * @throws IllegalArgumentException unless the type is floating
   */
  public float[] floats() {
    float[] out = new float[Math.toIntExact(shape.size())];
    if (dtype == DType.FLOAT32) {
      data().asFloatBuffer().get(out);
    } else if (dtype == DType.FLOAT64) {
      double[] d = doubles();
      for (int i = 0; i < d.length; i++) {
        out[i] = (float) d[i];
      }
    } else if (dtype == DType.BFLOAT16) {
      ShortBuffer upperHalves = data().asShortBuffer();
      for (int i = 0; i < out.length; i++) {
        out[i] = Float.intBitsToFloat(upperHalves.get(i) << 16);
      }
    } else {
      throw wrongType("floats");
    }
    return out;
  }

  /**
   * The elements as doubles, copied.
   *
   * @throws IllegalArgumentException unless the type is floating
   */
  public double[] doubles() {
    double[] out = new double[Math.toIntExact(shape.size())];
    if (dtype == DType.FLOAT64) {
      data().asDoubleBuffer().get(out);
    } else if (dtype.isFloating()) {
      float[] f = floats();
      for (int i = 0; i < f.length; i++) {
        out[i] = f[i];
      }
    } else {
      throw wrongType("doubles");
    }
    return out;
  }

  /**
   * The elements as longs, copied.
   *
   * @throws IllegalArgumentException unless the type is INT64
   */
  public long[] longs() {
    if (dtype != DType.INT64) {
      throw wrongType("longs");
    }
    long[] out = new long[Math.toIntExact(shape.size())];
    data().asLongBuffer().get(out);
    return out;
  }

  /**
   * The elements as booleans, copied.
   *
   * @throws IllegalArgumentException unless the type is BOOL
   */
  public boolean[] booleans() {
    if (dtype != DType.BOOL) {
      throw wrongType("booleans");
    }
    boolean[] out = new boolean[Math.toIntExact(shape.size())];
    for (int i = 0; i < out.length; i++) {
      out[i] = data.get(i) != 0;
    }
    return out;
  }

  private IllegalArgumentException wrongType(String asked) {
    return new IllegalArgumentException(asked + " asked of a " + dtype + " tensor");
  }

  @Override
  public String toString() {
    return dtype + " " + shape;
  }
}
