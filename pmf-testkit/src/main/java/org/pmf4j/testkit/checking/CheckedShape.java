package org.pmf4j.testkit.checking;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.ShapeKernels;
import org.pmf4j.api.tensor.Tensor;

/** Operations on shapes. */
interface CheckedShape extends CheckedOperation, ShapeKernels<Wrapped> {
  @Override
  default Wrapped reshape(Wrapped a, Shape to, long[] dims) {
    return unary("reshape", a, t -> t.reshape(dims), Arrays.stream(dims).boxed().toList());
  }

  @Override
  default Wrapped permute(Wrapped a, int[] axes) {
    return unary("permute", a, t -> t.permute(axes), Arrays.stream(axes).boxed().toList());
  }

  @Override
  default Wrapped slice(Wrapped a, int axis, long from, long to) {
    return unary("slice", a, t -> t.slice(axis, from, to), axis, from, to);
  }

  @Override
  default Wrapped sliceLike(Wrapped a, int axis, Wrapped like, int likeAxis) {
    return operation(
        "sliceLike",
        List.of(a, like),
        List.of(axis, likeAxis),
        () -> a.tensor().sliceLike(axis, like.tensor(), likeAxis));
  }

  @Override
  default Wrapped every(Wrapped a, int axis, long step) {
    return unary("every", a, t -> t.every(axis, step), axis, step);
  }

  @Override
  default Wrapped concat(List<Wrapped> parts, int axis) {
    return operation(
        "concat",
        parts,
        List.of(axis),
        () -> Tensor.concat(axis, parts.stream().map(Wrapped::tensor).toList()));
  }

  @Override
  default Wrapped repeatFor(Wrapped a, Wrapped batch) {
    return binary("repeatFor", a, batch, Tensor::repeatFor);
  }

  @Override
  default Wrapped filled(Wrapped like, double number, DType type) {
    DType made = type == null ? like.tensor().dtype() : type;
    return unary("filled", like, t -> t.filled(number, made), number, made);
  }
}
