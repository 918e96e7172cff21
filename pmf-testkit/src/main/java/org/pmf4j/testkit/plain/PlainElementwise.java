package org.pmf4j.testkit.plain;

import static org.pmf4j.testkit.plain.PlainValue.reals;

import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.ElementwiseKernels;
import org.pmf4j.api.tensor.Shape;

/** Element by element: each operation is a function of numbers and its derivative. */
interface PlainElementwise extends ElementwiseKernels<PlainValue> {
  @Override
  default PlainValue add(PlainValue a, PlainValue b) {
    return Apply.toBoth(a, b, (x, y) -> x + y, (x, y) -> 1, (x, y) -> 1);
  }

  @Override
  default PlainValue sub(PlainValue a, PlainValue b) {
    return Apply.toBoth(a, b, (x, y) -> x - y, (x, y) -> 1, (x, y) -> -1);
  }

  @Override
  default PlainValue mul(PlainValue a, PlainValue b) {
    return Apply.toBoth(a, b, (x, y) -> x * y, (x, y) -> y, (x, y) -> x);
  }

  @Override
  default PlainValue div(PlainValue a, PlainValue b) {
    return Apply.toBoth(a, b, (x, y) -> x / y, (x, y) -> 1 / y, (x, y) -> -x / (y * y));
  }

  @Override
  default PlainValue maximum(PlainValue a, PlainValue b) {
    return Apply.toBoth(a, b, Math::max, (x, y) -> x >= y ? 1 : 0, (x, y) -> x >= y ? 0 : 1);
  }

  @Override
  default PlainValue addScalar(PlainValue a, double s) {
    return Apply.toEach(a, x -> x + s, (x, y) -> 1);
  }

  @Override
  default PlainValue mulScalar(PlainValue a, double s) {
    return Apply.toEach(a, x -> x * s, (x, y) -> s);
  }

  @Override
  default PlainValue exp(PlainValue a) {
    return Apply.toEach(a, Math::exp, (x, y) -> y);
  }

  @Override
  default PlainValue log(PlainValue a) {
    return Apply.toEach(a, Math::log, (x, y) -> 1 / x);
  }

  @Override
  default PlainValue sqrt(PlainValue a) {
    return Apply.toEach(a, Math::sqrt, (x, y) -> 0.5 / y);
  }

  @Override
  default PlainValue abs(PlainValue a) {
    return Apply.toEach(a, Math::abs, (x, y) -> Math.signum(x));
  }

  @Override
  default PlainValue tanh(PlainValue a) {
    return Apply.toEach(a, Math::tanh, (x, y) -> 1 - y * y);
  }

  @Override
  default PlainValue erf(PlainValue a) {
    return Apply.toEach(a, Erf::of, (x, y) -> Erf.slope(x));
  }

  @Override
  default PlainValue sigmoid(PlainValue a) {
    return Apply.toEach(a, x -> 1 / (1 + Math.exp(-x)), (x, y) -> y * (1 - y));
  }

  @Override
  default PlainValue relu(PlainValue a) {
    return Apply.toEach(a, x -> Math.max(x, 0), (x, y) -> x > 0 ? 1 : 0);
  }

  /** A comparison has no derivative: nothing is recorded. */
  @Override
  default PlainValue greaterThan(PlainValue a, PlainValue b) {
    Shape shape = Pick.common(a.array().shape(), b.array().shape());
    double[] x = reals(Pick.broadcast(a, shape)).values();
    double[] y = reals(Pick.broadcast(b, shape)).values();
    boolean[] result = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      result[i] = x[i] > y[i];
    }
    return new BooleanArray(shape, result);
  }

  @Override
  default PlainValue select(PlainValue condition, PlainValue yes, PlainValue no) {
    Shape operands = Pick.common(yes.array().shape(), no.array().shape());
    Shape shape = Pick.common(condition.array().shape(), operands);
    boolean[] holds = ((BooleanArray) Pick.broadcast(condition, shape)).values();
    PlainValue a = Pick.broadcast(yes, shape);
    PlainValue b = Pick.broadcast(no, shape);
    double[] x = reals(a).values();
    double[] y = reals(b).values();
    double[] result = new double[holds.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = holds[i] ? x[i] : y[i];
    }
    return Recording.step(
        new DoubleArray(shape, a.array().dtype(), result),
        List.of(a, b),
        (gradient, gradients) -> {
          gradients.by(a, sum -> addWhere(holds, true, gradient, sum));
          gradients.by(b, sum -> addWhere(holds, false, gradient, sum));
        });
  }

  private static void addWhere(boolean[] holds, boolean wanted, double[] gradient, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      if (holds[i] == wanted) {
        sum[i] += gradient[i];
      }
    }
  }

  @Override
  default PlainValue cast(PlainValue a, DType to) {
    return Apply.conversion(a, to);
  }
}
