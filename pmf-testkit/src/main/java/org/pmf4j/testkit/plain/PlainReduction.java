package org.pmf4j.testkit.plain;

import static org.pmf4j.testkit.plain.PlainValue.reals;

import java.util.List;
import org.pmf4j.api.tensor.ReductionKernels;
import org.pmf4j.api.tensor.Shape;

/** Reductions: what broadcasting does, backwards. */
interface PlainReduction extends ReductionKernels<PlainValue> {
  @Override
  default PlainValue sum(PlainValue a, int[] axes) {
    DoubleArray operand = reals(a);
    Shape shape = reduced(operand.shape(), axes);
    int[] goesTo = Positions.broadcast(shape, operand.shape());
    double[] sums = new double[Math.toIntExact(shape.size())];
    for (int i = 0; i < goesTo.length; i++) {
      sums[goesTo[i]] += operand.values()[i];
    }
    return Recording.step(
        DoubleArray.rounded(shape, operand.dtype(), sums),
        List.of(a),
        (gradient, gradients) ->
            gradients.by(
                a,
                sum -> {
                  for (int i = 0; i < goesTo.length; i++) {
                    sum[i] += gradient[goesTo[i]];
                  }
                }));
  }

  @Override
  default PlainValue mean(PlainValue a, int[] axes) {
    Shape shape = a.array().shape();
    double count = (double) shape.size() / reduced(shape, axes).size();
    return Apply.toEach(sum(a, axes), x -> x / count, (x, y) -> 1 / count);
  }

  /** Picks the first of the largest elements, which gets the gradient then. */
  @Override
  default PlainValue max(PlainValue a, int axis) {
    DoubleArray operand = reals(a);
    Shape shape = operand.shape().with(axis, 1);
    int[] largest = Positions.slice(operand.shape(), shape, axis, 0);
    int stride = Positions.strides(operand.shape())[axis];
    for (int i = 0; i < largest.length; i++) {
      int first = largest[i];
      for (int k = 1; k < operand.shape().dim(axis); k++) {
        double candidate = operand.values()[first + k * stride];
        if (candidate > operand.values()[largest[i]] || Double.isNaN(candidate)) {
          largest[i] = first + k * stride;
        }
      }
    }
    return Pick.elements(a, shape, largest);
  }

  private static Shape reduced(Shape shape, int[] axes) {
    Shape result = shape;
    for (int axis : axes) {
      result = result.with(axis, 1);
    }
    return result;
  }
}
