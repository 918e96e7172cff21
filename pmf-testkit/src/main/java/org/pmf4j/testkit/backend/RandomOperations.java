package org.pmf4j.testkit.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A few operations drawn by a seed, with operands and arguments that often do not fit. The draws do
 * not depend on the shapes of the tensors, so that every run of the same seed asks for the same.
 *
 * @param seed of all draws
 * @param count how many operations
 */
record RandomOperations(long seed, int count) {

  /** Draws operands and arguments. */
  private record Draw(Random random, List<Tensor> tensors) {
    Tensor tensor() {
      return tensors.get(random.nextInt(tensors.size()));
    }

    int axis() {
      return random.nextInt(7) - 3;
    }

    int[] axes() {
      return random.ints(random.nextInt(4), -3, 4).toArray();
    }

    long[] dims() {
      return random.longs(random.nextInt(5), -1, 4).toArray();
    }

    double number() {
      return random.nextInt(5) - 2 + random.nextDouble();
    }

    DType dtype() {
      return DType.values()[random.nextInt(DType.values().length)];
    }
  }

  private static final List<BiFunction<Draw, Tensor, Tensor>> OPERATIONS =
      List.of(
          (d, t) -> t.add(d.tensor()),
          (d, t) -> t.add(d.number()),
          (d, t) -> t.sub(d.tensor()),
          (d, t) -> t.mul(d.tensor()),
          (d, t) -> t.mul(d.number()),
          (d, t) -> t.div(d.tensor()),
          (d, t) -> t.maximum(d.tensor()),
          (d, t) -> t.neg().exp(),
          (d, t) -> t.abs().add(1).log(),
          (d, t) -> t.square().sqrt(),
          (d, t) -> t.tanh().erf(),
          (d, t) -> t.sigmoid().relu(),
          (d, t) -> t.greaterThan(d.tensor()),
          (d, t) -> t.select(d.tensor(), d.tensor()),
          (d, t) -> t.cast(d.dtype()),
          (d, t) -> t.reshape(d.dims()),
          (d, t) -> t.permute(d.axes()),
          (d, t) -> t.transpose(),
          (d, t) -> t.slice(d.axis(), d.random().nextInt(3), d.random().nextInt(5) - 1),
          (d, t) -> t.sliceLike(d.axis(), d.tensor(), d.axis()),
          (d, t) -> t.every(d.axis(), d.random().nextInt(4)),
          (d, t) -> Tensor.concat(d.axis(), t, d.tensor()),
          (d, t) -> t.repeatFor(d.tensor()),
          (d, t) -> t.filled(d.number(), d.dtype()),
          (d, t) -> t.matmul(d.tensor()),
          (d, t) -> t.sum(d.axes()),
          (d, t) -> t.mean(d.axes()),
          (d, t) -> t.max(d.axis()),
          (d, t) -> Neural.linear(t, d.tensor(), d.random().nextBoolean() ? d.tensor() : null),
          (d, t) -> Neural.gather(t, d.tensor()),
          (d, t) -> Neural.softmax(t, d.axis()),
          (d, t) -> Neural.logSoftmax(t, d.axis()),
          (d, t) -> Neural.layerNorm(t, d.tensor(), d.tensor(), d.number()),
          (d, t) -> Neural.gelu(t),
          (d, t) -> Neural.geluTanh(t),
          (d, t) -> Neural.softplus(t),
          (d, t) -> Neural.attention(t, t, t, d.random().nextBoolean() ? d.tensor() : null, 0.5),
          (d, t) -> TensorScope.tidy(() -> t.add(1).mul(2)),
          (d, t) -> closed(t.add(1)));

  private static Tensor closed(Tensor t) {
    t.close();
    return t;
  }

  /** Applies them, each to any of the inputs and of the results before it; gives the last. */
  Tensor apply(List<Tensor> inputs) {
    Draw draw = new Draw(new Random(seed), new ArrayList<>(inputs));
    Tensor last = draw.tensor();
    for (int i = 0; i < count; i++) {
      Tensor first = draw.random().nextInt(3) == 0 ? draw.tensor() : last;
      last = OPERATIONS.get(draw.random().nextInt(OPERATIONS.size())).apply(draw, first);
      draw.tensors().add(last);
    }
    return last;
  }
}
