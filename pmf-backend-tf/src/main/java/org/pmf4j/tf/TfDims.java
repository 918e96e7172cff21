package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A shape on its way into the graph: numbers where dimensions are known while tracing, which become
 * one constant, and dimensions of other nodes where they are not.
 */
final class TfDims {
  private final Ops tf;
  private final List<Operand<TInt32>> parts = new ArrayList<>();
  private final List<Integer> numbers = new ArrayList<>();

  TfDims(Ops tf) {
    this.tf = tf;
  }

  /** Appends a number, −1 for what TensorFlow is to infer. */
  TfDims add(long dim) {
    numbers.add(Math.toIntExact(dim));
    return this;
  }

  /** Appends a dimension of a node. */
  TfDims add(Operand<? extends TType> of, int axis) {
    long known = of.shape().get(axis);
    if (known >= 0) {
      return add(known);
    }
    endNumbers();
    parts.add(tf.slice(tf.shape(of), tf.constant(new int[] {axis}), tf.constant(new int[] {1})));
    return this;
  }

  /** Appends a vector of numbers that are computed in the graph. */
  TfDims add(Operand<TInt32> dims) {
    endNumbers();
    parts.add(dims);
    return this;
  }

  private void endNumbers() {
    if (!numbers.isEmpty()) {
      parts.add(tf.constant(numbers.stream().mapToInt(i -> i).toArray()));
      numbers.clear();
    }
  }

  /** The shape, a vector. */
  Operand<TInt32> node() {
    endNumbers();
    return switch (parts.size()) {
      case 0 -> tf.constant(new int[0]);
      case 1 -> parts.get(0);
      default -> tf.concat(parts, tf.constant(0));
    };
  }
}
