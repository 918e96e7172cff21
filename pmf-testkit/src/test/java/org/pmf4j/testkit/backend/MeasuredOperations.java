package org.pmf4j.testkit.backend;

import java.util.List;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/** The operations of the suite, by the tolerance that they are held to. */
final class MeasuredOperations {
  private MeasuredOperations() {}

  private static long[] shape(long... dims) {
    return dims;
  }

  /** Element by element: one rounding each. */
  static List<MeasuredOperation> elementwise(long... shape) {
    return List.of(
        MeasuredOperation.of("add", x -> x.get(0).add(x.get(1)), shape, shape),
        MeasuredOperation.of("sub", x -> x.get(0).sub(x.get(1)), shape, shape),
        MeasuredOperation.of("mul", x -> x.get(0).mul(x.get(1)), shape, shape),
        MeasuredOperation.ofPositive("div", x -> x.get(0).div(x.get(1)), shape, shape),
        MeasuredOperation.of("add 1.1", x -> x.get(0).add(1.1), shape),
        MeasuredOperation.of("mul -0.7", x -> x.get(0).mul(-0.7), shape),
        MeasuredOperation.of("exp", x -> x.get(0).exp(), shape),
        MeasuredOperation.ofPositive("log", x -> x.get(0).log(), shape),
        MeasuredOperation.ofPositive("sqrt", x -> x.get(0).sqrt(), shape),
        MeasuredOperation.of("tanh", x -> x.get(0).tanh(), shape),
        MeasuredOperation.of("erf", x -> x.get(0).erf(), shape),
        MeasuredOperation.of("sigmoid", x -> x.get(0).sigmoid(), shape));
  }

  /** Sums and what is composed of several operations, at the sizes of the suite. */
  static List<MeasuredOperation> composed() {
    return List.of(
        MeasuredOperation.of("sum", x -> x.get(0).sum(), shape(2, 3, 5)),
        MeasuredOperation.of("mean", x -> x.get(0).mean(-1, 0), shape(4, 3, 5)),
        MeasuredOperation.of(
            "matmul", x -> x.get(0).matmul(x.get(1)), shape(2, 3, 4, 5), shape(2, 3, 5, 1)),
        MeasuredOperation.of(
            "linear", MeasuredOperations::linear, shape(2, 3, 5), shape(4, 5), shape(4)),
        MeasuredOperation.of("softmax", x -> Neural.softmax(x.get(0), -1), shape(2, 3, 5)),
        MeasuredOperation.of("logSoftmax", x -> Neural.logSoftmax(x.get(0), 1), shape(3, 7)),
        MeasuredOperation.of(
            "layerNorm", MeasuredOperations::layerNorm, shape(2, 3, 7), shape(7), shape(7)),
        MeasuredOperation.of("gelu", x -> Neural.gelu(x.get(0)), shape(3, 11)),
        MeasuredOperation.of("geluTanh", x -> Neural.geluTanh(x.get(0)), shape(3, 11)),
        MeasuredOperation.of("softplus", x -> Neural.softplus(x.get(0)), shape(3, 11)),
        attention(0.5, shape(2, 3, 5, 4), shape(2, 3, 5, 4)),
        attention(0.25, shape(1, 1, 37, 2), shape(1, 1, 77, 2)));
  }

  /** The same at the sizes of ViT-base: 197 tokens of width 768 in heads of 64. */
  static List<MeasuredOperation> ofTransformers() {
    return List.of(
        MeasuredOperation.of(
            "linear", MeasuredOperations::linear, shape(16, 768), shape(96, 768), shape(96)),
        MeasuredOperation.of(
            "linear", MeasuredOperations::linear, shape(16, 3072), shape(32, 3072), shape(32)),
        MeasuredOperation.of("softmax", x -> Neural.softmax(x.get(0), -1), shape(32, 197)),
        MeasuredOperation.of(
            "layerNorm", MeasuredOperations::layerNorm, shape(16, 768), shape(768), shape(768)),
        MeasuredOperation.of("gelu", x -> Neural.gelu(x.get(0)), shape(197, 16)),
        attention(0.125, shape(1, 2, 16, 64), shape(1, 2, 197, 64)));
  }

  private static Tensor linear(List<Tensor> x) {
    return Neural.linear(x.get(0), x.get(1), x.get(2));
  }

  private static Tensor layerNorm(List<Tensor> x) {
    return Neural.layerNorm(x.get(0), x.get(1), x.get(2), 1e-12);
  }

  private static MeasuredOperation attention(double scale, long[] queries, long[] keys) {
    return MeasuredOperation.of(
        "attention",
        x -> Neural.attention(x.get(0), x.get(1), x.get(2), null, scale),
        queries,
        keys,
        keys);
  }
}
