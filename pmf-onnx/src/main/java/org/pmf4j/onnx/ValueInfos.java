package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** What a graph says of its inputs and outputs. */
final class ValueInfos {
  private ValueInfos() {}

  static ValueInfoProto input(GraphInput input) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    input.dims().forEach(d -> shape.addDim(dim(d)));
    return info(input.name(), input.dtype(), shape);
  }

  /** A weight that is fed. */
  static ValueInfoProto weight(String name, OnnxValue.Held weight) {
    return output(name, weight.dtype(), weight.shape(), null);
  }

  /**
   * An output.
   *
   * @param batch how inputs call their first dimension, if all that leave it open call it alike;
   *     else null
   */
  static ValueInfoProto output(String name, DType dtype, Shape shape, String batch) {
    TensorShapeProto.Builder dims = TensorShapeProto.newBuilder();
    for (int i = 0; i < shape.rank(); i++) {
      boolean open = shape.dim(i) == Shape.UNKNOWN;
      dims.addDim(dim(new Dim(shape.dim(i), open ? (i == 0 && batch != null ? batch : "") : null)));
    }
    return info(name, dtype, dims);
  }

  /** The name of the first dimension of all inputs that leave it open; null if there are two. */
  static String batch(List<ValueInfoProto> inputs) {
    List<String> names = new ArrayList<>();
    for (ValueInfoProto input : inputs) {
      TensorShapeProto shape = input.getType().getTensorType().getShape();
      if (shape.getDimCount() > 0 && shape.getDim(0).hasDimParam()) {
        names.add(shape.getDim(0).getDimParam());
      }
    }
    return names.stream().distinct().count() == 1 ? names.get(0) : null;
  }

  private static TensorShapeProto.Dimension dim(Dim dim) {
    TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
    if (dim.name() == null) {
      return one.setDimValue(dim.size()).build();
    }
    return dim.name().isEmpty() ? one.build() : one.setDimParam(dim.name()).build();
  }

  private static ValueInfoProto info(String name, DType dtype, TensorShapeProto.Builder shape) {
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(OnnxTypes.of(dtype)).setShape(shape);
    TypeProto type = TypeProto.newBuilder().setTensorType(tensor).build();
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }
}
