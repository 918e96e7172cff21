package org.pmf4j.api.tensor;

import java.util.Arrays;

/**
 * The dimensions of a tensor, outermost first. A dimension is at least 0, or {@link #UNKNOWN} while
 * a graph backend traces a program whose batch or length is not fixed. Immutable. Immutable, so
 * that any number of threads may share it.
 */
public final class Shape {
  /** A dimension that is known only when the program runs. */
  public static final long UNKNOWN = -1;

  private final long[] dims;

  private Shape(long[] dims) {
    this.dims = dims;
  }

  /**
   * A shape with these dimensions; none for a scalar.
   *
   * @throws IllegalArgumentException for a dimension below {@link #UNKNOWN}
   */
  public static Shape of(long... dims) {
    for (long d : dims) {
      if (d < UNKNOWN) {
        throw new IllegalArgumentException("a dimension cannot be " + d + ": " + str(dims));
      }
    }
    return new Shape(dims.clone());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.length;
  }

  /**
   * The size of one dimension.
   *
   * @param axis 0 … rank−1, or −1 … −rank counted from the end
   */
  public long dim(int axis) {
    return dims[axis(axis)];
  }

  /**
   * An axis counted from the front.
   *
   * @param axis 0 … rank−1, or −1 … −rank counted from the end
   * @throws IllegalArgumentException where there is no such axis
   */
  public int axis(int axis) {
    int a = axis < 0 ? axis + dims.length : axis;
    if (a < 0 || a >= dims.length) {
      throw new IllegalArgumentException("there is no axis " + axis + " in " + this);
    }
    return a;
  }

  /** All dimensions, as a fresh array. */
  public long[] dims() {
    return dims.clone();
  }

  /** This shape with one dimension replaced. */
  public Shape with(int axis, long size) {
    long[] d = dims.clone();
    d[axis(axis)] = size;
    return of(d);
  }

  /** True if no dimension is {@link #UNKNOWN}. */
  public boolean isKnown() {
    for (long d : dims) {
      if (d == UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  /**
   * Number of elements.
   *
   * @throws IllegalStateException if a dimension is unknown
   * @throws ArithmeticException beyond 2^63−1
   */
  public long size() {
    long n = 1;
    for (long d : dims) {
      if (d == UNKNOWN) {
        throw new IllegalStateException("the size of " + this + " is not known yet");
      }
      n = Math.multiplyExact(n, d);
    }
    return n;
  }

  /** True where the two could be the same once unknown dimensions are known. */
  public boolean matches(Shape other) {
    if (dims.length != other.dims.length) {
      return false;
    }
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] != other.dims[i] && dims[i] != UNKNOWN && other.dims[i] != UNKNOWN) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** The dimensions in brackets, {@code ?} for an unknown one. */
  @Override
  public String toString() {
    return str(dims);
  }

  private static String str(long[] dims) {
    StringBuilder b = new StringBuilder("[");
    for (int i = 0; i < dims.length; i++) {
      b.append(i == 0 ? "" : ", ").append(dims[i] == UNKNOWN ? "?" : Long.toString(dims[i]));
    }
    return b.append(']').toString();
  }
}
