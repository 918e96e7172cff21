package org.pmf4j.testkit.backend;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pmf4j.testkit.NdArray;

/** Derivatives of an oracle by central differences, in double. */
final class FiniteDifferences {
  /** Balances the error of the quotient (step²) against that of rounding (1e-16 / step). */
  private static final double STEP = 1e-5;

  private FiniteDifferences() {}

  /** The gradient of the weighted sum of {@code f}'s elements by one of its inputs. */
  static NdArray gradient(
      Function<List<NdArray>, NdArray> f, List<NdArray> inputs, int by, NdArray weights) {
    NdArray x = inputs.get(by);
    double[] slopes =
        IntStream.range(0, x.values().length)
            .mapToDouble(
                i -> {
                  double v = x.values()[i];
                  double above = weightedSum(f.apply(replace(inputs, by, i, v + STEP)), weights);
                  double below = weightedSum(f.apply(replace(inputs, by, i, v - STEP)), weights);
                  return (above - below) / (2 * STEP);
                })
            .toArray();
    return new NdArray(x.shape(), slopes);
  }

  private static List<NdArray> replace(List<NdArray> inputs, int which, int position, double v) {
    return IntStream.range(0, inputs.size())
        .mapToObj(k -> k == which ? inputs.get(k).with(position, v) : inputs.get(k))
        .toList();
  }

  private static double weightedSum(NdArray a, NdArray weights) {
    double sum = 0;
    for (int i = 0; i < a.values().length; i++) {
      sum += a.values()[i] * weights.values()[i];
    }
    return sum;
  }
}
