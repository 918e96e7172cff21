package org.pmf4j.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.pmf4j.api.tensor.DType;

/**
 * Element types in PyTorch's terms. DJL has no working name for bfloat16: it reports {@code
 * UNKNOWN} for such an array, and to pass {@code BFLOAT16} to its native code ends the process.
 */
final class PtTypes {
  private PtTypes() {}

  /** The type that DJL may be handed for a type; never for BFLOAT16. */
  static DataType of(DType type) {
    return switch (type) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case INT64 -> DataType.INT64;
      case BOOL -> DataType.BOOLEAN;
      case BFLOAT16, INT8 -> throw new IllegalArgumentException("DJL cannot be handed " + type);
    };
  }

  static boolean isBfloat16(PtNDArray array) {
    return array.getDataType() == DataType.UNKNOWN;
  }

  /** Converts to a floating type, with a gradient; DJL's own conversion cuts the graph. */
  static PtNDArray cast(TorchScript script, PtNDArray array, DType to) {
    return script.call("x: Tensor) -> Tensor:\n    return torch.to(x, " + code(to) + ")\n", array);
  }

  /** PyTorch's number for a scalar type. */
  private static int code(DType type) {
    return switch (type) {
      case FLOAT32 -> 6;
      case FLOAT64 -> 7;
      case BFLOAT16 -> 15;
      case INT64 -> 4;
      case BOOL -> 11;
      case INT8 -> 1;
    };
  }

  /** An array without dimensions. */
  static PtNDArray scalar(PtNDManager manager, double number, DataType type) {
    return full(manager, new Shape(), number, type);
  }

  /** An array of one number. */
  static PtNDArray full(PtNDManager manager, Shape shape, double number, DataType type) {
    return JniUtils.full(manager, shape, number, type, manager.getDevice(), SparseFormat.DENSE);
  }
}
