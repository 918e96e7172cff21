package org.pmf4j.tf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.ShapeKernels;
import org.pmf4j.api.tensor.Tensor;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Index;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.family.TType;

/** Operations on shapes. Dimensions that are not known while tracing are computed in the graph. */
interface TfShape extends TfNodes, ShapeKernels<TfValue> {
  @Override
  default TfValue reshape(TfValue a, Shape to, long[] dims) {
    return emit(
        tf -> {
          TfDims target = new TfDims(tf);
          // Beside a dimension of 0, what is left cannot be inferred.
          boolean inferring =
              Arrays.stream(dims).anyMatch(d -> d == Tensor.INFER)
                  || Arrays.stream(to.dims()).anyMatch(d -> d == 0);
          for (int i = 0; i < dims.length; i++) {
            boolean open = to.dim(i) == Shape.UNKNOWN;
            if (open && dims[i] == Tensor.KEEP && inferring) {
              target.add(node(a), i);
            } else {
              target.add(to.dim(i));
              inferring |= open;
            }
          }
          return tf.reshape(node(a), target.node());
        });
  }

  @Override
  default TfValue permute(TfValue a, int[] axes) {
    return emit(tf -> tf.linalg.transpose(node(a), tf.constant(axes)));
  }

  @Override
  default TfValue slice(TfValue a, int axis, long from, long to) {
    return emit(
        tf -> {
          int rank = node(a).shape().numDimensions();
          int[] begin = new int[rank];
          int[] size = new int[rank];
          Arrays.fill(size, -1);
          begin[axis] = Math.toIntExact(from);
          size[axis] = to == -1 ? -1 : Math.toIntExact(to - from);
          return tf.slice(node(a), tf.constant(begin), tf.constant(size));
        });
  }

  @Override
  default TfValue sliceLike(TfValue a, int axis, TfValue like, int likeAxis) {
    return emit(
        tf -> {
          int rank = node(a).shape().numDimensions();
          TfDims size = new TfDims(tf);
          for (int i = 0; i < rank; i++) {
            if (i == axis) {
              size.add(node(like), likeAxis);
            } else {
              size.add(-1);
            }
          }
          return tf.slice(node(a), tf.constant(new int[rank]), size.node());
        });
  }

  @Override
  default TfValue every(TfValue a, int axis, long step) {
    return emit(
        tf -> {
          Index[] all = new Index[node(a).shape().numDimensions()];
          Arrays.fill(all, Indices.all());
          all[axis] = Indices.slice(null, null, step);
          return tf.stridedSlice(node(a), all);
        });
  }

  @Override
  default TfValue concat(List<TfValue> parts, int axis) {
    return emit(
        tf -> {
          List<Operand<TType>> nodes = new ArrayList<>();
          parts.forEach(p -> nodes.add(any(node(p))));
          return tf.concat(nodes, tf.constant(axis));
        });
  }

  @SuppressWarnings("unchecked")
  private static Operand<TType> any(Operand<? extends TType> node) {
    return (Operand<TType>) node;
  }

  @Override
  default TfValue repeatFor(TfValue a, TfValue batch) {
    return emit(
        tf -> {
          TfDims target = new TfDims(tf).add(node(batch), 0);
          for (int i = 1; i < node(a).shape().numDimensions(); i++) {
            target.add(node(a), i);
          }
          return tf.broadcastTo(node(a), target.node());
        });
  }

  @Override
  default TfValue filled(TfValue like, double number, DType type) {
    return emit(
        tf -> {
          Operand<? extends TType> model = node(like);
          TfDims target = new TfDims(tf);
          for (int i = 0; i < model.shape().numDimensions(); i++) {
            target.add(model, i);
          }
          if (type == DType.BOOL) {
            return tf.fill(target.node(), tf.constant(number != 0));
          }
          Operand<? extends TType> one =
              type == null
                  ? TfElementwise.scalar(tf, number, number(like))
                  : tf.constant(TfTypes.number(type), number);
          return tf.fill(target.node(), one);
        });
  }
}
