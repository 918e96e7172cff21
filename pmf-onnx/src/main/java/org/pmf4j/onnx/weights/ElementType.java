package org.pmf4j.onnx.weights;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.Optional;

/** Element types of ONNX that are read, by the names that safetensors gives them. */
public enum ElementType {
  /** Single precision. */
  F32(DataType.FLOAT, 4),
  /** Double precision. */
  F64(DataType.DOUBLE, 8),
  /** IEEE half precision. */
  F16(DataType.FLOAT16, 2),
  /** Single precision cut to 16 bits. */
  BF16(DataType.BFLOAT16, 2),
  /** Signed, 64 bits. */
  I64(DataType.INT64, 8),
  /** Signed, 32 bits. */
  I32(DataType.INT32, 4),
  /** Signed, 8 bits. */
  I8(DataType.INT8, 1),
  /** Unsigned, 8 bits. */
  U8(DataType.UINT8, 1),
  /** One byte, 0 or 1. */
  BOOL(DataType.BOOL, 1);

  private final DataType onnx;
  private final int bytes;

  ElementType(DataType onnx, int bytes) {
    this.onnx = onnx;
    this.bytes = bytes;
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** The type of a number in a file; empty for one that is not read. */
  static Optional<ElementType> of(int number) {
    return Arrays.stream(values()).filter(t -> t.onnx.getNumber() == number).findFirst();
  }
}
