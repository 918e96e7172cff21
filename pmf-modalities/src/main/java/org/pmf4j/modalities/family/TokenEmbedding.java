package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * BERT's embedding: the sum of word, position and token type vectors, normalized.
 *
 * @param words [vocabulary, d]
 * @param positions [longest, d]
 * @param types [token types, d]
 * @param norm over the sum
 */
record TokenEmbedding(Tensor words, Tensor positions, Tensor types, LayerNorm norm) {

  static TokenEmbedding of(EncoderConfig config, TransformerSpec spec, Weights weights) {
    int d = spec.width();
    return new TokenEmbedding(
        weights.get("word_embeddings.weight", config.size("vocab_size", 30522), d),
        weights.get("position_embeddings.weight", config.size("max_position_embeddings", 512), d),
        weights.get("token_type_embeddings.weight", config.size("type_vocab_size", 2), d),
        weights.layerNorm("LayerNorm", d, spec.epsilon()));
  }

  /**
   * {@code input_ids}, {@code attention_mask} and, where present, {@code token_type_ids}, INT64 [B,
   * N] → [B, N, d]. Without token types all tokens are of the first; without a mask all are real.
   *
   * @throws IllegalArgumentException if N is more than the longest sequence that the encoder takes
   */
  Tokens embed(Named<Tensor> inputs) {
    Tensor ids = inputs.get("input_ids");
    Tensor type =
        inputs.has("token_type_ids")
            ? Neural.gather(types, inputs.get("token_type_ids"))
            : types.slice(0, 0, 1);
    Tensor sum = Neural.gather(words, ids).add(type).add(positions.sliceLike(0, ids, 1));
    Tensor mask = inputs.has("attention_mask") ? real(inputs.get("attention_mask")) : null;
    return new Tokens(norm.apply(sum), mask);
  }

  /** INT64 1 and 0 → BOOL. */
  private static Tensor real(Tensor mask) {
    Tensor number = mask.cast(DType.FLOAT32);
    return number.greaterThan(number.filled(0, DType.FLOAT32));
  }
}
