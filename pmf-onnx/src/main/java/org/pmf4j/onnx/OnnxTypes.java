package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import org.pmf4j.api.tensor.DType;

/** Element types in ONNX's terms. */
final class OnnxTypes {
  private OnnxTypes() {}

  /** The number that stands for a type in files and attributes. */
  static int of(DType type) {
    return switch (type) {
      case FLOAT32 -> DataType.FLOAT_VALUE;
      case FLOAT64 -> DataType.DOUBLE_VALUE;
      case BFLOAT16 -> DataType.BFLOAT16_VALUE;
      case INT64 -> DataType.INT64_VALUE;
      case BOOL -> DataType.BOOL_VALUE;
      case INT8 -> DataType.INT8_VALUE;
    };
  }
}
