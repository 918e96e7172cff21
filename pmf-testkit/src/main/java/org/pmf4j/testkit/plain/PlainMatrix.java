package org.pmf4j.testkit.plain;

import static org.pmf4j.testkit.plain.PlainValue.reals;

import java.util.List;
import org.pmf4j.api.tensor.MatrixKernels;
import org.pmf4j.api.tensor.Shape;

/** Matrix products. */
interface PlainMatrix extends PlainElementwise, PlainShape, MatrixKernels<PlainValue> {
  /** Of y = a · b, with G the gradient by y: by a it is G · bᵀ, by b it is aᵀ · G. */
  @Override
  default PlainValue matmul(PlainValue left, PlainValue right) {
    Shape stack = Pick.common(stack(left), stack(right));
    PlainValue a = Pick.broadcast(left, stackOf(left, stack));
    PlainValue b = Pick.broadcast(right, stackOf(right, stack));
    DoubleArray x = reals(a);
    DoubleArray y = reals(b);
    MatrixStack product =
        new MatrixStack(
            Math.toIntExact(stack.size()),
            Math.toIntExact(x.shape().dim(-2)),
            Math.toIntExact(x.shape().dim(-1)),
            Math.toIntExact(y.shape().dim(-1)));
    Shape shape = stack.with(-2, product.rows()).with(-1, product.columns());
    return Recording.step(
        DoubleArray.rounded(shape, x.dtype(), product.of(x.values(), y.values())),
        List.of(a, b),
        (gradient, gradients) -> {
          gradients.by(a, sum -> product.addGradientA(gradient, y.values(), sum));
          gradients.by(b, sum -> product.addGradientB(x.values(), gradient, sum));
        });
  }

  /** Composed of other operations, so that it needs no derivative of its own. */
  @Override
  default PlainValue linear(PlainValue x, PlainValue weight, PlainValue bias) {
    Shape in = x.array().shape();
    long width = in.dim(-1);
    Shape rows = Shape.of(in.with(-1, 1).size(), width);
    Shape out = in.with(-1, weight.array().shape().dim(0));
    PlainValue product = matmul(reshape(x, rows, null), permute(weight, new int[] {1, 0}));
    PlainValue y = reshape(product, out, null);
    return bias == null ? y : add(y, bias);
  }

  private static Shape stack(PlainValue a) {
    return a.array().shape().with(-1, 1).with(-2, 1);
  }

  private static Shape stackOf(PlainValue a, Shape stack) {
    Shape matrix = a.array().shape();
    return stack.with(-2, matrix.dim(-2)).with(-1, matrix.dim(-1));
  }
}
