package org.pmf4j.api.tensor;

/** Slices along dimensions that need not be known while a graph backend traces. */
final class Slices {
  private Slices() {}

  /** The first positions of a tensor, as many as another has along one of its axes. */
  static Tensor like(Tensor x, int axis, Tensor like, int likeAxis) {
    OperandChecks.sameBackend("sliceLike", x, like);
    long length = like.shape().dim(likeAxis);
    if (length != Shape.UNKNOWN) {
      return x.slice(axis, 0, length);
    }
    int a = x.shape().axis(axis);
    Object v = x.kernels().sliceLike(x.value(), a, like.value(), like.shape().axis(likeAxis));
    return x.result(v, x.shape().with(a, Shape.UNKNOWN), x.dtype());
  }

  /** Positions 0, step, 2 · step, … along an axis. */
  static Tensor every(Tensor x, int axis, long step) {
    OperandChecks.program("every");
    int a = OperandChecks.filledAxis("every", x, axis);
    if (step < 1) {
      throw new IllegalArgumentException("every: a step is 1 or more, got " + step);
    }
    if (step == 1) {
      return x;
    }
    if (x.shape().isKnown()) {
      return ofKnown(x, a, step);
    }
    long n = x.shape().dim(a);
    long count = n == Shape.UNKNOWN ? n : (n - 1) / step + 1;
    return x.result(x.kernels().every(x.value(), a, step), x.shape().with(a, count), x.dtype());
  }

  /** The first of each row of {@code step}, and the first of those that fill no row. */
  private static Tensor ofKnown(Tensor x, int axis, long step) {
    Shape shape = x.shape();
    long n = shape.dim(axis);
    long rows = n / step;
    long rest = rows * step;
    if (rows == 0) {
      return x.slice(axis, 0, 1);
    }
    Tensor firsts =
        x.slice(axis, 0, rest)
            .reshape(rowsOf(shape, axis, rows, step))
            .slice(axis + 1, 0, 1)
            .reshape(shape.with(axis, rows).dims());
    return rest == n ? firsts : Tensor.concat(axis, firsts, x.slice(axis, rest, rest + 1));
  }

  private static long[] rowsOf(Shape shape, int axis, long rows, long step) {
    long[] dims = new long[shape.rank() + 1];
    for (int i = 0; i < shape.rank(); i++) {
      dims[i < axis ? i : i + 1] = shape.dim(i);
    }
    dims[axis] = rows;
    dims[axis + 1] = step;
    return dims;
  }
}
