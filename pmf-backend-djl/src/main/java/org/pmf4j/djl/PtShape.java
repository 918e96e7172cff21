package org.pmf4j.djl;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.ShapeKernels;

/** Operations on shapes. All but {@link #concat} and {@link #filled} are views. */
interface PtShape extends ShapeKernels<PtValue> {
  TorchScript script();

  @Override
  default PtValue reshape(PtValue a, Shape to, long[] dims) {
    return view(a, JniUtils.reshape(a.array(), to.dims()));
  }

  @Override
  default PtValue permute(PtValue a, int[] axes) {
    long[] order = Arrays.stream(axes).asLongStream().toArray();
    return view(a, JniUtils.permute(a.array(), order));
  }

  @Override
  default PtValue slice(PtValue a, int axis, long from, long to) {
    long end = to == -1 ? a.array().getShape().get(axis) : to;
    PtValue part = view(a, JniUtils.slice(a.array(), axis, from, end, 1));
    boolean own = part.memory() == PtValue.Memory.OWN && a.memory() == PtValue.Memory.OWN;
    return own ? new PtValue(part.array(), PtValue.Memory.PART) : part;
  }

  @Override
  default PtValue concat(List<PtValue> parts, int axis) {
    PtNDArray[] arrays = parts.stream().map(PtValue::array).toArray(PtNDArray[]::new);
    return PtValue.own(JniUtils.cat(arrays, axis));
  }

  @Override
  default PtValue repeatFor(PtValue a, PtValue batch) {
    long[] dims = a.array().getShape().getShape().clone();
    dims[0] = batch.array().getShape().get(0);
    return view(a, JniUtils.broadcast(a.array(), new ai.djl.ndarray.types.Shape(dims)));
  }

  @Override
  default PtValue filled(PtValue like, double number, DType type) {
    PtNDArray array = like.array();
    boolean toShort = type == null ? PtTypes.isBfloat16(array) : type == DType.BFLOAT16;
    DType made = toShort ? DType.FLOAT32 : type;
    PtNDArray full =
        PtTypes.full(
            array.getManager(),
            array.getShape(),
            type == DType.BOOL && number != 0 ? 1 : number,
            made == null ? array.getDataType() : PtTypes.of(made));
    if (!toShort) {
      return PtValue.own(full);
    }
    try (full) {
      return PtValue.own(PtTypes.cast(script(), full, DType.BFLOAT16));
    }
  }

  /**
   * A view shares the memory of what it views. A parameter's memory is assigned to in place, so
   * that a view of it is copied here and keeps the value that it was taken of.
   */
  private PtValue view(PtValue a, PtNDArray view) {
    if (a.memory() != PtValue.Memory.PARAMETER) {
      return new PtValue(view, a.memory());
    }
    try (view) {
      return PtValue.own(script().call("x: Tensor) -> Tensor:\n    return torch.clone(x)\n", view));
    }
  }
}
