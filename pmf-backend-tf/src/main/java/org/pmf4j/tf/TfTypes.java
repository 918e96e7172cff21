package org.pmf4j.tf;

import org.pmf4j.api.tensor.DType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/** Element types and shapes in TensorFlow's terms. */
final class TfTypes {
  private TfTypes() {}

  static Class<? extends TType> of(DType type) {
    return type == DType.BOOL ? TBool.class : number(type);
  }

  /** The class of a type of numbers. */
  static Class<? extends TNumber> number(DType type) {
    return switch (type) {
      case FLOAT32 -> TFloat32.class;
      case FLOAT64 -> TFloat64.class;
      case BFLOAT16 -> TBfloat16.class;
      case INT64 -> TInt64.class;
      case BOOL, INT8 ->
          throw new IllegalArgumentException(type + " is not among the types of numbers here");
    };
  }

  /** A shape, whose unknown dimensions are −1 there as here. */
  static org.tensorflow.ndarray.Shape shape(org.pmf4j.api.tensor.Shape shape) {
    return org.tensorflow.ndarray.Shape.of(shape.dims());
  }

  static org.pmf4j.api.tensor.Shape shape(org.tensorflow.ndarray.Shape shape) {
    return org.pmf4j.api.tensor.Shape.of(shape.asArray());
  }
}
