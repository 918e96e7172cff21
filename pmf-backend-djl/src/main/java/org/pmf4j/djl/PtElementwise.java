package org.pmf4j.djl;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.BinaryOperator;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;

/** Element-by-element operations. */
interface PtElementwise extends ElementwiseKernels<PtValue> {
  TorchScript script();

  @Override
  default PtValue add(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.add(a.array(), b.array()));
  }

  @Override
  default PtValue sub(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.sub(a.array(), b.array()));
  }

  @Override
  default PtValue mul(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.mul(a.array(), b.array()));
  }

  @Override
  default PtValue div(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.div(a.array(), b.array()));
  }

  @Override
  default PtValue maximum(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.max(a.array(), b.array()));
  }

  @Override
  default PtValue addScalar(PtValue a, double s) {
    return withScalar(a, s, JniUtils::add);
  }

  @Override
  default PtValue mulScalar(PtValue a, double s) {
    return withScalar(a, s, JniUtils::mul);
  }

  /** Applies an operation to an array and a number in the array's own type. */
  private PtValue withScalar(PtValue a, double s, BinaryOperator<PtNDArray> operation) {
    PtNDArray array = a.array();
    boolean isShort = PtTypes.isBfloat16(array);
    DataType type = isShort ? DataType.FLOAT32 : array.getDataType();
    PtNDArray number = PtTypes.scalar(array.getManager(), s, type);
    try {
      PtNDArray result = operation.apply(array, number);
      if (isShort && !PtTypes.isBfloat16(result)) {
        // Against an array without dimensions the number's type has won.
        try (result) {
          return PtValue.own(PtTypes.cast(script(), result, DType.BFLOAT16));
        }
      }
      return PtValue.own(result);
    } finally {
      number.close();
    }
  }

  @Override
  default PtValue exp(PtValue a) {
    return PtValue.own(JniUtils.exp(a.array()));
  }

  @Override
  default PtValue log(PtValue a) {
    return PtValue.own(JniUtils.log(a.array()));
  }

  @Override
  default PtValue sqrt(PtValue a) {
    return PtValue.own(JniUtils.sqrt(a.array()));
  }

  @Override
  default PtValue abs(PtValue a) {
    return PtValue.own(JniUtils.abs(a.array()));
  }

  @Override
  default PtValue tanh(PtValue a) {
    return PtValue.own(JniUtils.tanh(a.array()));
  }

  @Override
  default PtValue erf(PtValue a) {
    return PtValue.own(JniUtils.erf(a.array()));
  }

  @Override
  default PtValue sigmoid(PtValue a) {
    return PtValue.own(JniUtils.sigmoid(a.array()));
  }

  @Override
  default PtValue relu(PtValue a) {
    return PtValue.own(JniUtils.relu(a.array()));
  }

  @Override
  default PtValue greaterThan(PtValue a, PtValue b) {
    return PtValue.own(JniUtils.gt(a.array(), b.array()));
  }

  @Override
  default PtValue select(PtValue condition, PtValue yes, PtValue no) {
    return PtValue.own(JniUtils.where(condition.array(), yes.array(), no.array()));
  }

  @Override
  default PtValue cast(PtValue a, DType to) {
    return PtValue.own(PtTypes.cast(script(), a.array(), to));
  }
}
