package org.pmf4j.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import org.pmf4j.api.tensor.DType;

/** Numbers that a graph carries with it. */
final class Constants {
  private Constants() {}

  /** A number without dimensions. */
  static TensorProto scalar(double number, DType type) {
    return number(number, type).build();
  }

  /** A number in one dimension of 1. */
  static TensorProto single(double number, DType type) {
    return number(number, type).addDims(1).build();
  }

  /** Integers in one dimension. */
  static TensorProto integers(long... numbers) {
    TensorProto.Builder all =
        TensorProto.newBuilder().setDataType(OnnxTypes.of(DType.INT64)).addDims(numbers.length);
    for (long number : numbers) {
      all.addInt64Data(number);
    }
    return all.build();
  }

  /** The zero of unsigned 8-bit integers that stand for numbers of both signs. */
  static TensorProto middle() {
    return TensorProto.newBuilder()
        .setDataType(TensorProto.DataType.UINT8_VALUE)
        .addInt32Data(128)
        .build();
  }

  private static TensorProto.Builder number(double number, DType type) {
    TensorProto.Builder one = TensorProto.newBuilder().setDataType(OnnxTypes.of(type));
    return switch (type) {
      case FLOAT32 -> one.addFloatData((float) number);
      case FLOAT64 -> one.addDoubleData(number);
      case BFLOAT16 -> one.addInt32Data(bfloat16((float) number));
      case INT64 -> one.addInt64Data((long) number);
      case BOOL -> one.addInt32Data(number != 0 ? 1 : 0);
      case INT8 -> one.addInt32Data((int) number);
    };
  }

  /** The upper half of a finite number's bits, rounded to even. */
  private static int bfloat16(float number) {
    int bits = Float.floatToRawIntBits(number);
    return bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
  }
}
