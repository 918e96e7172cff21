package org.pmf4j.onnx;

import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.ShapeKernels;

/** Operations on shapes. Dimensions that are not known while tracing are computed in the graph. */
interface OnnxShape extends OnnxNodes, ShapeKernels<OnnxValue> {
  /**
   * ONNX has our codes for a dimension that stays, 0, and for what is left, −1. Where a dimension
   * is truly 0, all others are known or what is left.
   */
  @Override
  default OnnxValue reshape(OnnxValue a, Shape to, long[] dims) {
    long[] target = to.dims();
    boolean empty = Arrays.stream(target).anyMatch(d -> d == 0);
    for (int i = 0; i < target.length; i++) {
      if (target[i] == Shape.UNKNOWN) {
        target[i] = dims[i];
      }
    }
    return node(
        "Reshape",
        a.dtype(),
        List.of(a, integers(target)),
        Attributes.integer("allowzero", empty ? 1 : 0));
  }

  @Override
  default OnnxValue permute(OnnxValue a, int[] axes) {
    return node("Transpose", a.dtype(), List.of(a), Attributes.integers("perm", axes));
  }

  /** Some outputs of a linear layer are one in integers, too. */
  @Override
  default OnnxValue slice(OnnxValue a, int axis, long from, long to) {
    if (axis == 0 && a instanceof OnnxValue.Quantized q) {
      OnnxValue.Exact exact = q.exact();
      return new OnnxValue.Quantized(
          slice(q.values(), 1, from, to),
          slice(q.scales(), 0, from, to),
          exact == null
              ? null
              : new OnnxValue.Exact(exact.whole(), slice(exact.part(), 0, from, to)));
    }
    return node(
        "Slice", a, integers(from), integers(to == -1 ? Long.MAX_VALUE : to), integers(axis));
  }

  @Override
  default OnnxValue sliceLike(OnnxValue a, int axis, OnnxValue like, int likeAxis) {
    return node("Slice", a, integers(0), dim(like, likeAxis), integers(axis));
  }

  @Override
  default OnnxValue every(OnnxValue a, int axis, long step) {
    return node("Slice", a, integers(0), integers(Long.MAX_VALUE), integers(axis), integers(step));
  }

  @Override
  default OnnxValue concat(List<OnnxValue> parts, int axis) {
    return node("Concat", parts.get(0).dtype(), parts, Attributes.integer("axis", axis));
  }

  @Override
  default OnnxValue repeatFor(OnnxValue a, OnnxValue batch) {
    OnnxValue others = node("Shape", DType.INT64, List.of(a), Attributes.integer("start", 1));
    return node("Expand", a, concat(List.of(dim(batch, 0), others), 0));
  }

  @Override
  default OnnxValue filled(OnnxValue like, double number, DType type) {
    DType dtype = type == null ? like.dtype() : type;
    OnnxValue shape = node("Shape", DType.INT64, List.of(like));
    return node(
        "ConstantOfShape",
        dtype,
        List.of(shape),
        Attributes.tensor("value", Constants.single(number, dtype)));
  }
}
