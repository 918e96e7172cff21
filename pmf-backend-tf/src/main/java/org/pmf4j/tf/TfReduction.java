package org.pmf4j.tf;

import org.pmf4j.api.tensor.ReductionKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.core.OneHot;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Reductions that keep the reduced axes with size 1. */
interface TfReduction extends TfNodes, ReductionKernels<TfValue> {
  @Override
  default TfValue sum(TfValue a, int[] axes) {
    return emit(tf -> tf.sum(number(a), tf.constant(axes), Sum.keepDims(true)));
  }

  @Override
  default TfValue mean(TfValue a, int[] axes) {
    return emit(tf -> tf.math.mean(number(a), tf.constant(axes), Mean.keepDims(true)));
  }

  /**
   * Picks one maximal element, to which the gradient goes; TensorFlow's own maximum shares it among
   * all that are equal.
   */
  @Override
  default TfValue max(TfValue a, int axis) {
    return emit(
        tf -> {
          Operand<TNumber> x = number(a);
          Operand<TInt32> size =
              tf.reshape(new TfDims(tf).add(x, axis).node(), tf.constant(new int[0]));
          Operand<TBool> first =
              tf.oneHot(
                  tf.math.argMax(x, tf.constant(axis)),
                  size,
                  tf.constant(true),
                  tf.constant(false),
                  OneHot.axis((long) axis));
          Operand<TNumber> picked = tf.select(first, x, TfElementwise.scalar(tf, 0, x));
          return tf.sum(picked, tf.constant(new int[] {axis}), Sum.keepDims(true));
        });
  }
}
