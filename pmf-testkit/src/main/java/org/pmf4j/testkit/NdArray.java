package org.pmf4j.testkit;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Shape;

/**
 * An array of doubles, row-major: what oracles compute with, slowly and plainly. Immutable, so that
 * any number of threads may share it.
 *
 * @param shape its dimensions, all known
 * @param values its elements
 */
public record NdArray(Shape shape, double[] values) {

  /** Refuses values that do not fill the shape. */
  public NdArray {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(values.length + " values do not fill " + shape);
    }
  }

  /** An array of these values. */
  public static NdArray of(double[] values, long... dims) {
    return new NdArray(Shape.of(dims), values);
  }

  /** Each element made from its index. */
  public static NdArray generate(Shape shape, ToDoubleFunction<long[]> element) {
    double[] values = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = element.applyAsDouble(index(shape, i));
    }
    return new NdArray(shape, values);
  }

  /** Normal numbers, exactly representable as float, reproducible by their seed. */
  public static NdArray normal(long seed, long... dims) {
    Random random = new Random(seed);
    return generate(Shape.of(dims), i -> (float) random.nextGaussian());
  }

  /** The elements of a floating-point tensor. */
  public static NdArray of(HostTensor tensor) {
    return new NdArray(tensor.shape(), tensor.doubles());
  }

  /** An element; leading indices too many are ignored and size-1 dimensions repeat, as in NumPy. */
  public double at(long... index) {
    int rank = shape.rank();
    long flat = 0;
    for (int d = 0; d < rank; d++) {
      long i = index[index.length - rank + d];
      flat = flat * shape.dim(d) + (shape.dim(d) == 1 ? 0 : i);
    }
    return values[Math.toIntExact(flat)];
  }

  /** Each element replaced. */
  public NdArray map(DoubleUnaryOperator f) {
    return new NdArray(shape, Arrays.stream(values).map(f).toArray());
  }

  /** A copy with one element replaced. */
  public NdArray with(int position, double value) {
    double[] copy = values.clone();
    copy[position] = value;
    return new NdArray(shape, copy);
  }

  /** The same numbers as a host tensor of a floating type, rounded to nearest. */
  public HostTensor toHost(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> HostTensor.of(values, shape.dims());
      case FLOAT32 -> HostTensor.of(floats(), shape.dims());
      case BFLOAT16 -> bfloat16();
      case INT64, BOOL, INT8 -> throw new IllegalArgumentException(dtype + " is no floating type");
    };
  }

  private float[] floats() {
    float[] f = new float[values.length];
    for (int i = 0; i < f.length; i++) {
      f[i] = (float) values[i];
    }
    return f;
  }

  private HostTensor bfloat16() {
    var bytes = HostTensor.direct(values.length, DType.BFLOAT16);
    for (float f : floats()) {
      int bits = Float.floatToRawIntBits(f);
      int tiesToEven = 0x7fff + ((bits >>> 16) & 1);
      bytes.putShort((short) ((bits + tiesToEven) >>> 16));
    }
    return new HostTensor(shape, DType.BFLOAT16, bytes.flip());
  }

  private static long[] index(Shape shape, long flat) {
    long[] index = new long[shape.rank()];
    long left = flat;
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = left % shape.dim(d);
      left /= shape.dim(d);
    }
    return index;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof NdArray a && shape.equals(a.shape) && Arrays.equals(values, a.values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return shape + " " + Arrays.toString(values);
  }
}
