package org.pmf4j.tf;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Element-by-element operations. */
interface TfElementwise extends TfNodes, ElementwiseKernels<TfValue> {
  @Override
  default TfValue add(TfValue a, TfValue b) {
    return emit(tf -> tf.math.add(number(a), number(b)));
  }

  @Override
  default TfValue sub(TfValue a, TfValue b) {
    return emit(tf -> tf.math.sub(number(a), number(b)));
  }

  @Override
  default TfValue mul(TfValue a, TfValue b) {
    return emit(tf -> tf.math.mul(number(a), number(b)));
  }

  @Override
  default TfValue div(TfValue a, TfValue b) {
    return emit(tf -> tf.math.div(number(a), number(b)));
  }

  @Override
  default TfValue maximum(TfValue a, TfValue b) {
    return emit(tf -> tf.math.maximum(number(a), number(b)));
  }

  @Override
  default TfValue addScalar(TfValue a, double s) {
    return emit(tf -> tf.math.add(number(a), scalar(tf, s, number(a))));
  }

  @Override
  default TfValue mulScalar(TfValue a, double s) {
    return emit(tf -> tf.math.mul(number(a), scalar(tf, s, number(a))));
  }

  /** A number in the type of {@code like}. */
  static Operand<TNumber> scalar(Ops tf, double s, Operand<TNumber> like) {
    return tf.constant(like.type(), s);
  }

  @Override
  default TfValue exp(TfValue a) {
    return emit(tf -> tf.math.exp(number(a)));
  }

  @Override
  default TfValue log(TfValue a) {
    return emit(tf -> tf.math.log(number(a)));
  }

  @Override
  default TfValue sqrt(TfValue a) {
    return emit(tf -> tf.math.sqrt(number(a)));
  }

  @Override
  default TfValue abs(TfValue a) {
    return emit(tf -> tf.math.abs(number(a)));
  }

  @Override
  default TfValue tanh(TfValue a) {
    return emit(tf -> tf.math.tanh(number(a)));
  }

  @Override
  default TfValue erf(TfValue a) {
    return emit(tf -> tf.math.erf(number(a)));
  }

  @Override
  default TfValue sigmoid(TfValue a) {
    return emit(tf -> tf.math.sigmoid(number(a)));
  }

  @Override
  default TfValue relu(TfValue a) {
    return emit(tf -> tf.nn.relu(number(a)));
  }

  /** TensorFlow has no gradient for this operation, not even that it is zero: it is cut here. */
  @Override
  default TfValue greaterThan(TfValue a, TfValue b) {
    return emit(tf -> tf.math.greater(tf.stopGradient(number(a)), tf.stopGradient(number(b))));
  }

  @Override
  default TfValue select(TfValue condition, TfValue yes, TfValue no) {
    return emit(tf -> tf.select(mask(condition), number(yes), number(no)));
  }

  @Override
  default TfValue cast(TfValue a, DType to) {
    return emit(tf -> tf.dtypes.cast(node(a), TfTypes.number(to)));
  }
}
