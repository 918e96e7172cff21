package org.pmf4j.testkit.plain;

import static org.pmf4j.testkit.plain.PlainValue.reals;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;

/** Applies functions of numbers to all elements, and their derivatives on the way back. */
final class Apply {
  private Apply() {}

  /**
   * A function of one number.
   *
   * @param slope dy/dx from x and y
   */
  static PlainValue toEach(PlainValue a, DoubleUnaryOperator f, DoubleBinaryOperator slope) {
    DoubleArray operand = reals(a);
    double[] x = operand.values();
    double[] result = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = f.applyAsDouble(x[i]);
    }
    DoubleArray rounded = DoubleArray.rounded(operand.shape(), operand.dtype(), result);
    return Recording.step(
        rounded,
        List.of(a),
        (gradient, gradients) ->
            gradients.by(a, sum -> addProducts(gradient, slope, x, rounded.values(), sum)));
  }

  /**
   * A function of two numbers, of operands that broadcast.
   *
   * @param slopeA the derivative by the first number, from both
   * @param slopeB the derivative by the second number, from both
   */
  static PlainValue toBoth(
      PlainValue left,
      PlainValue right,
      DoubleBinaryOperator f,
      DoubleBinaryOperator slopeA,
      DoubleBinaryOperator slopeB) {
    Shape shape = Pick.common(left.array().shape(), right.array().shape());
    PlainValue a = Pick.broadcast(left, shape);
    PlainValue b = Pick.broadcast(right, shape);
    double[] x = reals(a).values();
    double[] y = reals(b).values();
    double[] result = new double[x.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = f.applyAsDouble(x[i], y[i]);
    }
    return Recording.step(
        DoubleArray.rounded(shape, a.array().dtype(), result),
        List.of(a, b),
        (gradient, gradients) -> {
          gradients.by(a, sum -> addProducts(gradient, slopeA, x, y, sum));
          gradients.by(b, sum -> addProducts(gradient, slopeB, x, y, sum));
        });
  }

  private static void addProducts(
      double[] gradient, DoubleBinaryOperator slope, double[] x, double[] y, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gradient[i] * slope.applyAsDouble(x[i], y[i]);
    }
  }

  /** The same numbers in another floating type; from masks 0 and 1. */
  static PlainValue conversion(PlainValue a, DType to) {
    PlainArray operand = a.array();
    return Recording.step(
        DoubleArray.rounded(operand.shape(), to, doubles(operand)),
        List.of(a),
        (gradient, gradients) ->
            gradients.by(a, sum -> addProducts(gradient, (x, y) -> 1, gradient, gradient, sum)));
  }

  private static double[] doubles(PlainArray array) {
    if (array instanceof DoubleArray reals) {
      return reals.values().clone();
    }
    double[] result = new double[array.size()];
    for (int i = 0; i < result.length; i++) {
      if (array instanceof LongArray integers) {
        result[i] = integers.values()[i];
      } else if (array instanceof BooleanArray truths) {
        result[i] = truths.values()[i] ? 1 : 0;
      }
    }
    return result;
  }
}
