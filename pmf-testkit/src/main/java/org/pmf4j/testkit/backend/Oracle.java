package org.pmf4j.testkit.backend;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.testkit.NdArray;

/** The operations in plain Java, from their definitions. */
final class Oracle {
  private Oracle() {}

  static NdArray zip(NdArray a, NdArray b, DoubleBinaryOperator f) {
    Shape shape = broadcast(a.shape(), b.shape());
    return NdArray.generate(shape, i -> f.applyAsDouble(a.at(i), b.at(i)));
  }

  static Shape broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    long[] dims = new long[rank];
    for (int i = 1; i <= rank; i++) {
      long x = i <= a.rank() ? a.dim(-i) : 1;
      long y = i <= b.rank() ? b.dim(-i) : 1;
      dims[rank - i] = x == 1 ? y : x;
    }
    return Shape.of(dims);
  }

  static NdArray matmul(NdArray a, NdArray b) {
    Shape lead = broadcast(a.shape().with(-1, 1).with(-2, 1), b.shape().with(-1, 1).with(-2, 1));
    Shape shape = lead.with(-2, a.shape().dim(-2)).with(-1, b.shape().dim(-1));
    return NdArray.generate(
        shape,
        i -> {
          double sum = 0;
          for (long k = 0; k < a.shape().dim(-1); k++) {
            sum += a.at(with(i, -1, k)) * b.at(with(i, -2, k));
          }
          return sum;
        });
  }

  static NdArray permute(NdArray a, int... axes) {
    long[] dims = Arrays.stream(axes).mapToLong(a.shape()::dim).toArray();
    return NdArray.generate(
        Shape.of(dims),
        i -> {
          long[] source = new long[axes.length];
          for (int d = 0; d < axes.length; d++) {
            source[axes[d]] = i[d];
          }
          return a.at(source);
        });
  }

  /** Folds the elements along an axis into one, which stays with size 1. */
  static NdArray reduce(NdArray a, int axis, double start, DoubleBinaryOperator f) {
    return NdArray.generate(
        a.shape().with(axis, 1),
        i -> {
          double result = start;
          for (long k = 0; k < a.shape().dim(axis); k++) {
            result = f.applyAsDouble(result, a.at(with(i, axis, k)));
          }
          return result;
        });
  }

  static NdArray sum(NdArray a, int... axes) {
    NdArray result = a;
    for (int axis : axes) {
      result = reduce(result, axis, 0, Double::sum);
    }
    return result;
  }

  static NdArray mean(NdArray a, int... axes) {
    NdArray sum = sum(a, axes);
    double count = (double) a.values().length / sum.values().length;
    return sum.map(x -> x / count);
  }

  static NdArray softmax(NdArray a, int axis) {
    NdArray largest = reduce(a, axis, Double.NEGATIVE_INFINITY, Math::max);
    NdArray e = zip(a, largest, (x, m) -> Math.exp(x - m));
    return zip(e, sum(e, axis), (x, s) -> x / s);
  }

  static NdArray layerNorm(NdArray a, NdArray scale, NdArray shift, double epsilon) {
    NdArray centred = zip(a, mean(a, -1), (x, m) -> x - m);
    NdArray variance = mean(centred.map(x -> x * x), -1);
    NdArray normal = zip(centred, variance, (x, v) -> x / Math.sqrt(v + epsilon));
    return zip(zip(normal, scale, (x, s) -> x * s), shift, Double::sum);
  }

  static NdArray attention(NdArray q, NdArray k, NdArray v, boolean[][] mask, double scale) {
    return attention(q, k, v, mask, NdArray.generate(Shape.of(1, 1, 1, 1), i -> 0), scale);
  }

  static NdArray attention(
      NdArray q, NdArray k, NdArray v, boolean[][] mask, NdArray bias, double scale) {
    NdArray plain = matmul(q, permute(k, 0, 1, 3, 2)).map(x -> x * scale);
    NdArray scores = zip(plain, bias, Double::sum);
    NdArray seen =
        NdArray.generate(
            scores.shape(),
            i ->
                mask == null || mask[(int) i[0]][(int) i[3]]
                    ? scores.at(i)
                    : Double.NEGATIVE_INFINITY);
    return matmul(softmax(seen, 3), v);
  }

  static NdArray concat(int axis, NdArray... parts) {
    long length = Arrays.stream(parts).mapToLong(p -> p.shape().dim(axis)).sum();
    return NdArray.generate(
        parts[0].shape().with(axis, length),
        i -> {
          long position = i[parts[0].shape().axis(axis)];
          int part = 0;
          while (position >= parts[part].shape().dim(axis)) {
            position -= parts[part].shape().dim(axis);
            part++;
          }
          return parts[part].at(with(i, axis, position));
        });
  }

  static NdArray slice(NdArray a, int axis, long from, long to) {
    int at = a.shape().axis(axis);
    return NdArray.generate(
        a.shape().with(axis, to - from), i -> a.at(with(i, axis, i[at] + from)));
  }

  /** Gauss error function, by a series of positive terms alone: exact to rounding for |x| ≤ 6. */
  static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** The index with one place replaced; an axis below 0 counts from the end. */
  private static long[] with(long[] index, int axis, long value) {
    long[] copy = index.clone();
    copy[axis < 0 ? axis + index.length : axis] = value;
    return copy;
  }

  static int[] allAxes(NdArray a) {
    return IntStream.range(0, a.shape().rank()).toArray();
  }
}
