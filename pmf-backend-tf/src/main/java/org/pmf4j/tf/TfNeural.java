package org.pmf4j.tf;

import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.NeuralKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.family.TNumber;

/** The operations of transformers, by TensorFlow's own kernels where it has them. */
interface TfNeural extends TfElementwise, TfShape, TfMatrix, TfReduction, NeuralKernels<TfValue> {

  /** Added to the scores of keys that may not be seen: e to this power is 0 in every type. */
  double HIDDEN = -1e9;

  /** TensorFlow's gradient fails on rows without elements, of which there is none to take. */
  @Override
  default TfValue gather(TfValue table, TfValue indices) {
    return emit(
        tf -> {
          Operand<TNumber> rows = number(table);
          Operand<TNumber> from = rows.shape().get(1) == 0 ? tf.stopGradient(rows) : rows;
          return tf.gather(from, number(indices), tf.constant(0));
        });
  }

  @Override
  default TfValue softmax(TfValue a, int axis) {
    return emit(
        tf -> {
          Operand<TNumber> x = number(a);
          return isLast(x, axis) ? tf.nn.softmax(x) : node(NeuralKernels.super.softmax(a, axis));
        });
  }

  /** TensorFlow's gradient sums over the second dimension, whichever is the last: it gets two. */
  @Override
  default TfValue logSoftmax(TfValue a, int axis) {
    return emit(
        tf -> {
          Operand<TNumber> x = number(a);
          if (!isLast(x, axis)) {
            return node(NeuralKernels.super.logSoftmax(a, axis));
          }
          Operand<TNumber> rows = tf.nn.logSoftmax(TfMatrix.flatten(tf, x));
          return TfMatrix.unflatten(tf, rows, x, x, axis);
        });
  }

  /** A composition of several operations: of bfloat16 they would round each time. */
  @Override
  default TfValue gelu(TfValue a) {
    return emit(
        tf -> {
          if (!TBfloat16.class.equals(node(a).type())) {
            return node(NeuralKernels.super.gelu(a));
          }
          TfValue wide = NeuralKernels.super.gelu(cast(a, DType.FLOAT32));
          return node(cast(wide, DType.BFLOAT16));
        });
  }

  private static boolean isLast(Operand<TNumber> x, int axis) {
    return axis == x.shape().numDimensions() - 1;
  }

  @Override
  default TfValue softplus(TfValue a) {
    return emit(tf -> tf.math.softplus(number(a)));
  }

  @Override
  default TfValue attention(TfValue q, TfValue k, TfValue v, TfValue mask, double scale) {
    return emit(tf -> mix(tf, scores(tf, q, k, scale), mask, v));
  }

  @Override
  default TfValue attention(
      TfValue q, TfValue k, TfValue v, TfValue mask, TfValue bias, double scale) {
    return emit(tf -> mix(tf, tf.math.add(scores(tf, q, k, scale), number(bias)), mask, v));
  }

  /** scale · q kᵀ. */
  private Operand<TNumber> scores(Ops tf, TfValue q, TfValue k, double scale) {
    Operand<TNumber> product = TfMatrix.batchMatmul(tf, number(q), number(k), true);
    return tf.math.mul(product, TfElementwise.scalar(tf, scale, product));
  }

  /** softmax(scores, where the mask allows) v. */
  private Operand<TNumber> mix(Ops tf, Operand<TNumber> scores, TfValue mask, TfValue v) {
    Operand<TNumber> seen = mask == null ? scores : tf.math.add(scores, hidden(tf, mask, scores));
    return TfMatrix.batchMatmul(tf, tf.nn.softmax(seen), number(v), false);
  }

  /** 0 where a key may be seen, {@link #HIDDEN} elsewhere. */
  private Operand<TNumber> hidden(Ops tf, TfValue mask, Operand<TNumber> like) {
    return tf.select(
        mask(mask), TfElementwise.scalar(tf, 0, like), TfElementwise.scalar(tf, HIDDEN, like));
  }
}
