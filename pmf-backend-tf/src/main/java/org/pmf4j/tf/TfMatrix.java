package org.pmf4j.tf;

import java.util.Arrays;
import org.pmf4j.api.tensor.MatrixKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Matrix products. Those with a single matrix are made two-dimensional, which is fastest. */
interface TfMatrix extends TfNodes, MatrixKernels<TfValue> {
  @Override
  default TfValue matmul(TfValue a, TfValue b) {
    return emit(
        tf -> {
          Operand<TNumber> x = number(a);
          Operand<TNumber> y = number(b);
          if (y.shape().numDimensions() > 2) {
            return batchMatmul(tf, x, y, false);
          }
          return unflatten(tf, tf.linalg.matMul(flatten(tf, x), y), x, y, 1);
        });
  }

  @Override
  default TfValue linear(TfValue x, TfValue weight, TfValue bias) {
    return emit(
        tf -> {
          Operand<TNumber> w = number(weight);
          Operand<TNumber> rows = flatten(tf, number(x));
          Operand<TNumber> y = tf.linalg.matMul(rows, w, MatMul.transposeB(true));
          if (bias != null) {
            y = plusBias(tf, y, number(bias), w);
          }
          return unflatten(tf, y, number(x), w, 0);
        });
  }

  /** Unlike an addition, a bias is fused with the product; fused, oneDNN aborts without inputs. */
  private static Operand<TNumber> plusBias(
      Ops tf, Operand<TNumber> y, Operand<TNumber> bias, Operand<TNumber> weight) {
    return weight.shape().get(1) == 0 ? tf.broadcastTo(bias, tf.shape(y)) : tf.nn.biasAdd(y, bias);
  }

  /** [..., d] → [rows, d]. */
  static Operand<TNumber> flatten(Ops tf, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    if (rank == 2) {
      return x;
    }
    TfDims dims = new TfDims(tf);
    if (x.shape().get(rank - 1) == 0) {
      // Beside a dimension of 0, the number of rows cannot be inferred.
      Operand<TInt32> leading =
          tf.slice(tf.shape(x), tf.constant(new int[1]), tf.constant(new int[] {rank - 1}));
      dims.add(tf.prod(leading, tf.constant(new int[1]), Prod.keepDims(true)));
    } else {
      dims.add(-1);
    }
    return tf.reshape(x, dims.add(x, rank - 1).node());
  }

  /** [rows, d] → the leading dimensions of {@code like}, d being an axis of {@code width}. */
  static Operand<TNumber> unflatten(
      Ops tf, Operand<TNumber> rows, Operand<TNumber> like, Operand<TNumber> width, int axis) {
    int rank = like.shape().numDimensions();
    if (rank == 2) {
      return rows;
    }
    TfDims dims = new TfDims(tf);
    boolean inferring =
        width.shape().get(axis) == 0 || Arrays.stream(like.shape().asArray()).anyMatch(d -> d == 0);
    for (int i = 0; i < rank - 1; i++) {
      if (!inferring && like.shape().get(i) < 0) {
        dims.add(-1);
        inferring = true;
      } else {
        dims.add(like, i);
      }
    }
    return tf.reshape(rows, dims.add(width, axis).node());
  }

  /**
   * Products of stacks of matrices. This version of the operation is the one that oneDNN takes
   * over; TensorFlow-Java's own method gives a later one.
   *
   * @param transposed whether the matrices of {@code b} lie on their side
   */
  static Operand<TNumber> batchMatmul(
      Ops tf, Operand<TNumber> a, Operand<TNumber> b, boolean transposed) {
    return tf.scope()
        .env()
        .opBuilder("BatchMatMulV2", tf.scope().makeOpName("BatchMatMul"), tf.scope())
        .addInput(a.asOutput())
        .addInput(b.asOutput())
        .setAttr("adj_y", transposed)
        .build()
        .output(0);
  }
}
