package org.pmf4j.bench.jmh;

import java.util.function.BinaryOperator;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/** What is timed: a function of an input and of a weight, at the shapes of a batch of 8. */
public enum Operation {
  /** A projection of attention: [8, 197, 768] by [768, 768]. */
  LINEAR_768_768(new long[] {8, 197, 768}, new long[] {768, 768}, (x, w) -> linear(x, w)),
  /** The first half of a feed-forward network. */
  LINEAR_768_3072(new long[] {8, 197, 768}, new long[] {3072, 768}, (x, w) -> linear(x, w)),
  /** Its second half. */
  LINEAR_3072_768(new long[] {8, 197, 3072}, new long[] {768, 3072}, (x, w) -> linear(x, w)),
  /** Its activation. */
  GELU(new long[] {8, 197, 3072}, new long[] {3072}, (x, w) -> Neural.gelu(x.mul(w))),
  /** A norm. */
  LAYER_NORM(
      new long[] {8, 197, 768}, new long[] {768}, (x, w) -> new LayerNorm(w, w, 1e-12).apply(x)),
  /** Weights of attention. */
  SOFTMAX(new long[] {8, 12, 197, 197}, new long[] {197}, (x, w) -> Neural.softmax(x.mul(w), 3)),
  /** Attention of all tokens to all. */
  ATTENTION_197_ROWS(
      new long[] {8, 12, 197, 64},
      new long[] {64},
      (x, w) -> Neural.attention(x.mul(w), x, x, null, null, 0.125)),
  /** Attention of four prompts to all tokens. */
  ATTENTION_4_ROWS(
      new long[] {8, 12, 197, 64},
      new long[] {64},
      (x, w) -> Neural.attention(x.slice(2, 0, 4).mul(w), x, x, null, null, 0.125));

  private final long[] input;
  private final long[] weight;
  private final BinaryOperator<Tensor> function;

  Operation(long[] input, long[] weight, BinaryOperator<Tensor> function) {
    this.input = input;
    this.weight = weight;
    this.function = function;
  }

  private static Tensor linear(Tensor x, Tensor w) {
    return Neural.linear(x, w, null);
  }

  long[] input() {
    return input.clone();
  }

  long[] weight() {
    return weight.clone();
  }

  Tensor apply(Tensor x, Tensor w) {
    return function.apply(x, w);
  }
}
