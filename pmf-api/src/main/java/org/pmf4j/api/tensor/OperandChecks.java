package org.pmf4j.api.tensor;

import java.util.Arrays;
import java.util.List;

/** What operations demand of their operands, and the shapes of what they return. */
final class OperandChecks {
  private OperandChecks() {}

  static Shape binary(String op, Tensor a, Tensor b) {
    sameBackend(op, a, b);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          op + ": element types differ: " + a + " and " + b + "; cast one of them");
    }
    floating(op, a);
    return broadcast(op, a.shape(), b.shape());
  }

  static void sameBackend(String op, Tensor a, Tensor b) {
    if (a.kernels() != b.kernels()) {
      throw new IllegalArgumentException(op + ": operands of different backends");
    }
    a.value();
    b.value();
    program(op);
  }

  static void program(String op) {
    if (!TensorScope.isOpen()) {
      throw new IllegalStateException(op + ": tensor operations run inside a program only");
    }
  }

  /** A tensor may be made of one number: inside a program, of a type that tensors have. */
  static void filled(DType type) {
    program("filled");
    if (type == DType.INT8) {
      throw new IllegalArgumentException("filled: no tensor of a backend has elements INT8");
    }
  }

  static void floating(String op, Tensor a) {
    program(op);
    if (!a.dtype().isFloating()) {
      throw new IllegalArgumentException(op + ": needs floating-point numbers, got " + a);
    }
  }

  static void type(String op, Tensor a, DType wanted) {
    program(op);
    if (a.dtype() != wanted) {
      throw new IllegalArgumentException(op + ": needs " + wanted + ", got " + a);
    }
  }

  static void castable(Tensor a, DType to) {
    program("cast");
    if (!to.isFloating()) {
      throw new IllegalArgumentException("cast: from " + a.dtype() + " to " + to + " is not one");
    }
  }

  static Shape broadcast(String op, Shape a, Shape b) {
    int r = Math.max(a.rank(), b.rank());
    long[] d = new long[r];
    for (int i = 1; i <= r; i++) {
      long x = i <= a.rank() ? a.dim(-i) : 1;
      long y = i <= b.rank() ? b.dim(-i) : 1;
      if (x == y || y == 1) {
        d[r - i] = x;
      } else if (x == 1) {
        d[r - i] = y;
      } else if (x == Shape.UNKNOWN || y == Shape.UNKNOWN) {
        d[r - i] = Math.max(x, y);
      } else {
        throw new IllegalArgumentException(op + ": shapes do not broadcast: " + a + " and " + b);
      }
    }
    return Shape.of(d);
  }

  static Shape reshape(Shape from, long[] dims) {
    program("reshape");
    long[] d = dims.clone();
    int infer = -1;
    for (int i = 0; i < d.length; i++) {
      if (d[i] == Tensor.INFER) {
        if (infer >= 0) {
          throw bad(from, dims, "more than one dimension to infer");
        }
        infer = i;
        continue;
      }
      if (d[i] == Tensor.KEEP) {
        if (i >= from.rank()) {
          throw bad(from, dims, "nothing to keep in place " + i);
        }
        d[i] = from.dim(i);
      }
      if (d[i] < Shape.UNKNOWN) {
        throw bad(from, dims, "negative dimension");
      }
    }
    Shape rest = withoutKept(from, dims);
    if (!rest.isKnown()) {
      return Shape.of(d);
    }
    long left = rest.size();
    long product = 1;
    for (int i = 0; i < d.length; i++) {
      product *= i == infer || d[i] == Shape.UNKNOWN ? 1 : d[i];
    }
    if (infer >= 0) {
      if (product == 0 || left % product != 0) {
        throw bad(from, dims, "the number of elements does not fit");
      }
      d[infer] = left / product;
    } else if (product != left) {
      throw bad(from, dims, "the number of elements does not fit");
    }
    return Shape.of(d);
  }

  /** With 1 for each unknown dimension that stays: it is on both sides. */
  private static Shape withoutKept(Shape from, long[] dims) {
    Shape rest = from;
    for (int i = 0; i < Math.min(from.rank(), dims.length); i++) {
      if (dims[i] == Tensor.KEEP && from.dim(i) == Shape.UNKNOWN) {
        rest = rest.with(i, 1);
      }
    }
    return rest;
  }

  private static IllegalArgumentException bad(Shape from, long[] dims, String why) {
    return new IllegalArgumentException(
        "reshape: " + from + " to " + Arrays.toString(dims) + ": " + why);
  }

  /** The axis counted from the front; refuses one along which there is nothing. */
  static int filledAxis(String op, Tensor t, int axis) {
    int a = t.shape().axis(axis);
    if (t.shape().dim(a) == 0) {
      throw new IllegalArgumentException(op + ": axis " + axis + " of " + t + " has no elements");
    }
    return a;
  }

  static int[] axes(Shape s, int[] axes) {
    return Arrays.stream(axes).map(s::axis).toArray();
  }

  static int[] axesOrAll(Shape s, int[] axes) {
    int[] a = new int[s.rank()];
    Arrays.setAll(a, i -> i);
    if (axes.length > 0) {
      a = Arrays.stream(axes(s, axes)).sorted().distinct().toArray();
      if (a.length != axes.length) {
        throw new IllegalArgumentException("an axis twice in " + Arrays.toString(axes));
      }
    }
    return a;
  }

  static Shape reduce(Shape s, int[] axes) {
    long[] d = s.dims();
    for (int a : axes) {
      d[a] = 1;
    }
    return Shape.of(d);
  }

  static Shape permute(Shape s, int[] axes) {
    program("permute");
    int[] a = axes(s, axes);
    long[] d = new long[a.length];
    boolean[] seen = new boolean[s.rank()];
    for (int i = 0; i < a.length; i++) {
      seen[a[i]] = true;
      d[i] = s.dim(a[i]);
    }
    for (boolean b : seen) {
      if (!b || a.length != s.rank()) {
        throw new IllegalArgumentException(
            "permute: " + Arrays.toString(axes) + " is no order of the axes of " + s);
      }
    }
    return Shape.of(d);
  }

  static Shape slice(Shape s, int axis, long from, long to) {
    program("slice");
    long n = s.dim(axis);
    long end = to == -1 ? n : to;
    if (from < 0
        || to < -1
        || (n != Shape.UNKNOWN && (end > n || from >= end))
        || (end >= 0 && from >= end)) {
      throw new IllegalArgumentException(
          "slice: " + from + " to " + to + " of axis " + axis + " in " + s);
    }
    return s.with(axis, end == Shape.UNKNOWN ? Shape.UNKNOWN : end - from);
  }

  static Shape repeatFor(Tensor a, Tensor batch) {
    sameBackend("repeatFor", a, batch);
    Shape s = a.shape();
    if (s.rank() < 1 || s.dim(0) != 1 || batch.shape().rank() < 1) {
      throw new IllegalArgumentException("repeatFor needs [1, …] and [B, …], got " + s);
    }
    return s.with(0, batch.shape().dim(0));
  }

  static Shape concat(int axis, List<Tensor> parts) {
    program("concat");
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat: no tensors");
    }
    Tensor first = parts.get(0);
    int a = first.shape().axis(axis);
    Shape s = first.shape();
    for (Tensor p : parts.subList(1, parts.size())) {
      sameBackend("concat", first, p);
      boolean fits = p.dtype() == first.dtype() && p.shape().rank() == s.rank();
      if (!fits || !p.shape().with(a, 1).matches(s.with(a, 1))) {
        throw new IllegalArgumentException("concat: " + p + " does not fit " + first);
      }
      boolean unknown = s.dim(a) == Shape.UNKNOWN || p.shape().dim(a) == Shape.UNKNOWN;
      s = s.with(a, unknown ? Shape.UNKNOWN : s.dim(a) + p.shape().dim(a));
    }
    return s;
  }

  static Shape matmul(Tensor a, Tensor b) {
    sameBackend("matmul", a, b);
    if (a.dtype() != b.dtype() || a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new IllegalArgumentException("matmul: needs two matrices of one type: " + a + ", " + b);
    }
    floating("matmul", a);
    if (!Shape.of(a.shape().dim(-1)).matches(Shape.of(b.shape().dim(-2)))) {
      throw new IllegalArgumentException("matmul: inner dimensions differ: " + a + " and " + b);
    }
    Shape lead = broadcast("matmul", a.shape().with(-1, 1).with(-2, 1), stack(b));
    return lead.with(-2, a.shape().dim(-2)).with(-1, b.shape().dim(-1));
  }

  private static Shape stack(Tensor t) {
    return t.shape().with(-1, 1).with(-2, 1);
  }
}
