package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Multi-head attention and a feed-forward network, each with a residual sum and a norm before it
 * (ViT) or after it (BERT). Intermediate results are freed as the layer goes along.
 *
 * @param spec what all layers of the encoder share
 * @param query d → d
 * @param key d → d
 * @param value d → d
 * @param output d → d
 * @param mlpIn d → mlp width
 * @param mlpOut mlp width → d
 * @param attentionNorm the norm of the attention half
 * @param mlpNorm the norm of the feed-forward half
 */
record TransformerLayer(
    TransformerSpec spec,
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    Linear mlpIn,
    Linear mlpOut,
    LayerNorm attentionNorm,
    LayerNorm mlpNorm)
    implements EncoderLayer {

  @Override
  public Memory memory(Tokens tokens) {
    Tensor x = beforeAttention(tokens.states());
    Tensor keys = splitHeads(key.apply(x));
    Tensor values = splitHeads(value.apply(x));
    return new KeyValueMemory(this, keys, values, tokens.mask());
  }

  /** The memory must come from this very layer: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Tensor attend(Tensor queries, Memory memory) {
    if (!(memory instanceof KeyValueMemory m) || m.layer() != this) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    return TensorScope.tidy(() -> feedForward(attention(queries, m)));
  }

  private Tensor attention(Tensor queries, KeyValueMemory m) {
    return TensorScope.tidy(
        () -> {
          Tensor q = splitHeads(query.apply(beforeAttention(queries)));
          if (q.shape().dim(0) == 1) {
            q = q.repeatFor(m.keys());
          }
          double scale = 1 / Math.sqrt((double) spec.width() / spec.heads());
          Tensor mixed = mergeHeads(Neural.attention(q, m.keys(), m.values(), m.mask(), scale));
          Tensor sum = output.apply(mixed).add(queries);
          return post() ? attentionNorm.apply(sum) : sum;
        });
  }

  private Tensor feedForward(Tensor x) {
    Tensor inner = mlpIn.apply(post() ? x : mlpNorm.apply(x));
    Tensor active = spec.activation().apply(inner);
    inner.close();
    Tensor sum = mlpOut.apply(active).add(x);
    active.close();
    return post() ? mlpNorm.apply(sum) : sum;
  }

  private boolean post() {
    return spec.norm() == TransformerSpec.Norm.POST;
  }

  private Tensor beforeAttention(Tensor states) {
    return post() ? states : attentionNorm.apply(states);
  }

  /** [B, N, d] → [B, H, N, d/H]. */
  private Tensor splitHeads(Tensor x) {
    long head = spec.width() / spec.heads();
    return x.reshape(Tensor.KEEP, Tensor.INFER, spec.heads(), head).permute(0, 2, 1, 3);
  }

  /** [B, H, N, d/H] → [B, N, d]. */
  private Tensor mergeHeads(Tensor x) {
    return x.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.INFER, spec.width());
  }
}
