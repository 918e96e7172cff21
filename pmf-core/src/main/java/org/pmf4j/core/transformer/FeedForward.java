package org.pmf4j.core.transformer;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.tensor.Tensor;

/**
 * The feed-forward network of a layer, without its residual sum and norm.
 *
 * @param in d → inner width, or twice that for a gated network
 * @param out inner width → d
 * @param activation between them
 * @param kind plain or gated
 */
record FeedForward(
    UnaryOperator<Tensor> in,
    UnaryOperator<Tensor> out,
    Activation activation,
    TransformerSpec.Mlp kind) {

  /** [B, N, d] → [B, N, d]. */
  Tensor apply(Tensor x) {
    Tensor inner = in.apply(x);
    Tensor active = kind == TransformerSpec.Mlp.GATED ? gate(inner) : activation.apply(inner);
    inner.close();
    Tensor result = out.apply(active);
    active.close();
    return result;
  }

  private Tensor gate(Tensor inner) {
    long half = inner.dim(-1) / 2;
    Tensor active = activation.apply(inner.slice(2, 0, half));
    return active.mul(inner.slice(2, half, -1));
  }
}
