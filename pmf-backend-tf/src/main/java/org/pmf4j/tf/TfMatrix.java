package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.MatrixKernels;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
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
          return unflatten(tf, tf.linalg.matMul(flatten(tf, x), y), x, TfShape.dim(tf, y, 1));
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
            // Unlike an addition it is fused with the product.
            y = tf.nn.biasAdd(y, number(bias));
          }
          return unflatten(tf, y, number(x), TfShape.dim(tf, w, 0));
        });
  }

  /** [..., d] → [rows, d]. */
  private static Operand<TNumber> flatten(Ops tf, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    if (rank == 2) {
      return x;
    }
    Operand<TInt32> width = TfShape.dim(tf, x, rank - 1);
    return tf.reshape(x, TfShape.shape(tf, List.of(tf.constant(-1), width)));
  }

  /** [rows, d] → the leading dimensions of {@code like}, d. */
  private static Operand<TNumber> unflatten(
      Ops tf, Operand<TNumber> rows, Operand<TNumber> like, Operand<TInt32> width) {
    int rank = like.shape().numDimensions();
    if (rank == 2) {
      return rows;
    }
    List<Operand<TInt32>> dims = new ArrayList<>();
    boolean inferring = false;
    for (int i = 0; i < rank - 1; i++) {
      boolean infer = !inferring && like.shape().get(i) < 0;
      dims.add(infer ? tf.constant(-1) : TfShape.dim(tf, like, i));
      inferring |= infer;
    }
    dims.add(width);
    return tf.reshape(rows, TfShape.shape(tf, dims));
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
