package org.pmf4j.testkit.plain;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.ShapeKernels;

/** Operations that move elements. */
interface PlainShape extends ShapeKernels<PlainValue> {
  /** Every shape is known here, so that what was asked for with KEEP and INFER is not looked at. */
  @Override
  default PlainValue reshape(PlainValue a, Shape to, long[] dims) {
    return Recording.step(
        a.array().reshaped(to),
        List.of(a),
        (gradient, gradients) ->
            gradients.by(a, sum -> Arrays.setAll(sum, i -> sum[i] + gradient[i])));
  }

  @Override
  default PlainValue permute(PlainValue a, int[] axes) {
    Shape from = a.array().shape();
    Shape to = Shape.of(Arrays.stream(axes).mapToLong(from::dim).toArray());
    return Pick.elements(a, to, Positions.permute(from, to, axes));
  }

  @Override
  default PlainValue slice(PlainValue a, int axis, long from, long to) {
    Shape whole = a.array().shape();
    long end = to == -1 ? whole.dim(axis) : to;
    Shape part = whole.with(axis, end - from);
    return Pick.elements(a, part, Positions.slice(whole, part, axis, from));
  }

  /** Of all parts, written one behind the other, the elements in the order of the result. */
  @Override
  default PlainValue concat(List<PlainValue> parts, int axis) {
    List<Shape> shapes = parts.stream().map(part -> part.array().shape()).toList();
    long length = shapes.stream().mapToLong(shape -> shape.dim(axis)).sum();
    return Pick.elements(
        behindEachOther(parts),
        shapes.get(0).with(axis, length),
        Positions.interleave(shapes, axis));
  }

  private PlainValue behindEachOther(List<PlainValue> parts) {
    PlainArray first = parts.get(0).array();
    PlainArray joined = first.reshaped(Shape.of(first.size()));
    for (PlainValue part : parts.subList(1, parts.size())) {
      joined = joined.followedBy(part.array());
    }
    return Recording.step(
        joined,
        parts,
        (gradient, gradients) -> {
          int start = 0;
          for (PlainValue part : parts) {
            int from = start;
            gradients.by(part, sum -> Arrays.setAll(sum, i -> sum[i] + gradient[from + i]));
            start += part.array().size();
          }
        });
  }

  @Override
  default PlainValue repeatFor(PlainValue a, PlainValue batch) {
    return Pick.broadcast(a, a.array().shape().with(0, batch.array().shape().dim(0)));
  }

  @Override
  default PlainValue filled(PlainValue like, double number, DType type) {
    Shape shape = like.array().shape();
    int size = like.array().size();
    DType made = type == null ? like.array().dtype() : type;
    return switch (made) {
      case INT64 -> {
        long[] values = new long[size];
        Arrays.fill(values, (long) number);
        yield new LongArray(shape, values);
      }
      case BOOL -> {
        boolean[] values = new boolean[size];
        Arrays.fill(values, number != 0);
        yield new BooleanArray(shape, values);
      }
      case INT8 -> throw new IllegalArgumentException("no tensor has elements INT8");
      case FLOAT32, FLOAT64, BFLOAT16 -> {
        double[] values = new double[size];
        Arrays.fill(values, number);
        yield DoubleArray.rounded(shape, made, values);
      }
    };
  }
}
