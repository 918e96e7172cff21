package org.pmf4j.core.transformer;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Multi-head attention and a feed-forward network, each with a residual sum and a norm before it
 * (ViT) or after it (BERT). Intermediate results are freed as the layer goes along.
 *
 * @param spec what all layers of the encoder share
 * @param positions what attention makes of positions
 * @param query d → d
 * @param key d → d
 * @param value d → d
 * @param output d → d, with layer scale where there is one
 * @param mlp the feed-forward network, with layer scale where there is one
 * @param attentionNorm the norm of the attention half
 * @param mlpNorm the norm of the feed-forward half
 */
record TransformerLayer(
    TransformerSpec spec,
    Positions positions,
    UnaryOperator<Tensor> query,
    UnaryOperator<Tensor> key,
    UnaryOperator<Tensor> value,
    UnaryOperator<Tensor> output,
    FeedForward mlp,
    UnaryOperator<Tensor> attentionNorm,
    UnaryOperator<Tensor> mlpNorm)
    implements EncoderLayer {

  /** Keys are kept unturned: prompts and the sequence's own tokens ask for them differently. */
  @Override
  public Memory memory(Tokens tokens) {
    Tensor x = beforeAttention(tokens.states());
    Tensor keys = splitHeads(key.apply(x));
    Tensor values = splitHeads(value.apply(x));
    boolean counts = positions.matter() && tokens.place() == Place.SEQUENCE;
    long sequence = counts ? keys.dim(2) : 0;
    return new KeyValueMemory(this, keys, values, tokens.mask(), sequence);
  }

  /** The memory must come from this very layer: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Tensor attend(Tokens queries, Memory memory) {
    if (!(memory instanceof KeyValueMemory m) || m.layer() != this) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    return TensorScope.tidy(() -> feedForward(attention(queries, m)));
  }

  private Tensor attention(Tokens queries, KeyValueMemory m) {
    return TensorScope.tidy(
        () -> {
          Tensor states = queries.states();
          Tensor q = splitHeads(query.apply(beforeAttention(states)));
          if (q.shape().dim(0) == 1) {
            q = q.repeatFor(m.keys());
          }
          Place place = queries.place();
          Tensor bias = positions.bias(q, place, m);
          Tensor asked = positions.queries(q, place, m);
          Tensor keys = positions.keys(place, m);
          double scale = 1 / Math.sqrt(spec.headWidth());
          Tensor heads = Neural.attention(asked, keys, m.values(), m.mask(), bias, scale);
          Tensor sum = output.apply(mergeHeads(heads)).add(states);
          return post() ? attentionNorm.apply(sum) : sum;
        });
  }

  private Tensor feedForward(Tensor x) {
    Tensor sum = mlp.apply(post() ? x : mlpNorm.apply(x)).add(x);
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
    return x.reshape(Tensor.KEEP, Tensor.INFER, spec.heads(), spec.headWidth()).permute(0, 2, 1, 3);
  }

  /** [B, H, N, d/H] → [B, N, d]. */
  private Tensor mergeHeads(Tensor x) {
    return x.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.INFER, spec.width());
  }
}
