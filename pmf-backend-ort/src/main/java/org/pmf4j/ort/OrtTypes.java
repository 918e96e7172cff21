package org.pmf4j.ort;

import ai.onnxruntime.OnnxJavaType;
import java.util.Set;
import org.pmf4j.api.tensor.DType;

/** Element types in ONNX Runtime's terms. */
final class OrtTypes {
  /** What this backend declares: ONNX Runtime has not every operator in other types. */
  static final Set<DType> ALL = Set.of(DType.FLOAT32, DType.INT64, DType.BOOL);

  private OrtTypes() {}

  static OnnxJavaType of(DType type) {
    return switch (type) {
      case FLOAT32 -> OnnxJavaType.FLOAT;
      case INT64 -> OnnxJavaType.INT64;
      case BOOL -> OnnxJavaType.BOOL;
      case INT8 -> OnnxJavaType.INT8;
      case FLOAT64, BFLOAT16 ->
          throw new IllegalArgumentException(type + " is not among the types of this backend");
    };
  }
}
