package org.pmf4j.core.transformer;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * The feed-forward network of a layer, without its residual sum and norm.
 *
 * @param gate d → inner width, or null where the network has none of its own
 * @param in d → inner width, or twice that where it makes the gate as well
 * @param out inner width → d
 * @param after what becomes of its output: a norm, layer scale, or nothing
 * @param activation between them
 * @param kind plain or gated
 */
record FeedForward(
    Linear gate,
    Linear in,
    Linear out,
    UnaryOperator<Tensor> after,
    Activation activation,
    TransformerSpec.Mlp kind) {

  /** [B, N, d] → [B, N, d]. */
  Tensor apply(Tensor x) {
    Tensor inner = in.apply(x, between(x));
    Tensor active = kind == TransformerSpec.Mlp.GATED ? gated(x, inner) : activation.apply(inner);
    inner.close();
    Tensor result = out.apply(active, x.dtype());
    active.close();
    return after.apply(result);
  }

  /**
   * The type of what lies between both products. GELU may take them as they come and leave its
   * results as the next needs them: it rounds once, so the numbers are those of casts around it.
   */
  private DType between(Tensor x) {
    boolean roundsOnce = kind == TransformerSpec.Mlp.PLAIN && activation == Activation.GELU;
    return roundsOnce ? in.weight().dtype() : x.dtype();
  }

  private Tensor gated(Tensor x, Tensor inner) {
    if (gate != null) {
      return activation.apply(gate.apply(x)).mul(inner);
    }
    long half = inner.dim(-1) / 2;
    Tensor active = activation.apply(inner.slice(2, 0, half));
    return active.mul(inner.slice(2, half, -1));
  }
}
