package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * SigLIP's pooling: a learned probe attends to all tokens, and what it finds goes through a
 * feed-forward network with a residual sum ({@code SiglipMultiheadAttentionPoolingHead}).
 *
 * @param spec heads and activation
 * @param probe [1, 1, d]
 * @param in queries, keys and values, one after the other: weight [3d, d], bias [3d]
 * @param out d → d
 * @param norm before the feed-forward network
 * @param mlpIn d → mlp width
 * @param mlpOut mlp width → d
 */
record AttentionPooling(
    TransformerSpec spec,
    Tensor probe,
    Linear in,
    Linear out,
    LayerNorm norm,
    Linear mlpIn,
    Linear mlpOut)
    implements Pooling {

  static AttentionPooling of(TransformerSpec spec, Weights w) {
    int d = spec.width();
    return new AttentionPooling(
        spec,
        w.get("probe", 1, 1, d),
        new Linear(
            w.matrix("attention.in_proj_weight", 3L * d, d),
            w.matrix("attention.in_proj_bias", 3L * d)),
        w.linear("attention.out_proj", d, d),
        w.layerNorm("layernorm", d, spec.epsilon()),
        w.linear("mlp.fc1", d, spec.mlpWidth()),
        w.linear("mlp.fc2", spec.mlpWidth(), d));
  }

  @Override
  public Tensor rows(Tensor states) {
    return states;
  }

  @Override
  public Tensor pool(Tensor rows, Tensor mask) {
    Tensor k = heads(part(1).apply(rows));
    Tensor q = heads(part(0).apply(probe)).repeatFor(k);
    Tensor v = heads(part(2).apply(rows));
    Tensor mixed = Neural.attention(q, k, v, mask, 1 / Math.sqrt(spec.headWidth()));
    Tensor found = out.apply(mixed.permute(0, 2, 1, 3).reshape(Tensor.KEEP, spec.width()));
    Tensor inner = spec.activation().apply(mlpIn.apply(norm.apply(found)));
    return found.add(mlpOut.apply(inner));
  }

  /** The i-th third of the input projection. */
  private Linear part(long i) {
    long from = i * spec.width();
    long to = from + spec.width();
    return new Linear(in.weight().slice(0, from, to), in.bias().slice(0, from, to));
  }

  /** [B, N, d] → [B, H, N, d/H]. */
  private Tensor heads(Tensor x) {
    return x.reshape(Tensor.KEEP, Tensor.KEEP, spec.heads(), spec.headWidth()).permute(0, 2, 1, 3);
  }
}
