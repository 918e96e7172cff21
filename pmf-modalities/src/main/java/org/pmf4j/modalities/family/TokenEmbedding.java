package org.pmf4j.modalities.family;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * The embedding of texts: the sum of word, position and token type vectors, normalized and, in some
 * families, projected.
 *
 * @param words [vocabulary, d]
 * @param positions [first + longest, d], or null where attention alone knows positions
 * @param first the row of the first position
 * @param types [token types, d], or null where the family has none
 * @param norm over the sum
 * @param projection after the norm
 */
record TokenEmbedding(
    Tensor words,
    Tensor positions,
    int first,
    Tensor types,
    UnaryOperator<Tensor> norm,
    UnaryOperator<Tensor> projection) {

  /** Words alone: [vocabulary, d]. */
  static TokenEmbedding of(Tensor words) {
    UnaryOperator<Tensor> nothing = UnaryOperator.identity();
    return new TokenEmbedding(words, null, 0, null, nothing, nothing);
  }

  /** Words [vocabulary, d] and positions [longest, d]. */
  static TokenEmbedding of(Tensor words, Tensor positions) {
    UnaryOperator<Tensor> nothing = UnaryOperator.identity();
    return new TokenEmbedding(words, positions, 0, null, nothing, nothing);
  }

  /** Words and positions under the names that the text halves of CLIP and SigLIP have. */
  static TokenEmbedding ofClip(EncoderConfig config, int d, Weights weights) {
    Weights w = weights.under("embeddings.");
    return of(
        w.get("token_embedding.weight", config.size("vocab_size"), d),
        w.get("position_embedding.weight", config.size("max_position_embeddings"), d));
  }

  /**
   * Words and positions under their usual names.
   *
   * @param first the row of the first position
   * @param weights the weights of the embedding
   */
  static TokenEmbedding of(EncoderConfig config, int d, int first, Weights weights) {
    int longest = config.size("max_position_embeddings", 512);
    if (longest <= first) {
      throw config.wrong(
          "max_position_embeddings", "above " + first + ", where positions begin", longest);
    }
    Tensor words = weights.get("word_embeddings.weight", config.size("vocab_size", 30522), d);
    Tensor positions = weights.get("position_embeddings.weight", longest, d);
    UnaryOperator<Tensor> nothing = UnaryOperator.identity();
    return new TokenEmbedding(words, positions, first, null, nothing, nothing);
  }

  TokenEmbedding withTypes(Weights weights, int count) {
    Tensor table = weights.get("token_type_embeddings.weight", count, words.dim(1));
    return new TokenEmbedding(words, positions, first, table, norm, projection);
  }

  TokenEmbedding withNorm(LayerNorm layerNorm) {
    return new TokenEmbedding(words, positions, first, types, layerNorm::apply, projection);
  }

  /** What is done with the sum: a norm, or more. */
  TokenEmbedding with(UnaryOperator<Tensor> ofSum) {
    return new TokenEmbedding(words, positions, first, types, ofSum, projection);
  }

  TokenEmbedding withProjection(Linear linear) {
    return new TokenEmbedding(words, positions, first, types, norm, linear::apply);
  }

  /**
   * {@code input_ids}, {@code attention_mask} and, where present, {@code token_type_ids}, INT64 [B,
   * N] → [B, N, d]. Without token types all tokens are of the first; without a mask all are real.
   *
   * @throws IllegalArgumentException if N is more than the longest sequence that the encoder takes
   */
  Tokens embed(Named<Tensor> inputs) {
    Tensor ids = inputs.get("input_ids");
    Tensor sum = Neural.gather(words, ids);
    if (types != null) {
      sum = sum.add(typesOf(inputs));
    }
    if (positions != null) {
      sum = sum.add(positionsOf(ids));
    }
    Tensor mask = inputs.has("attention_mask") ? real(inputs.get("attention_mask")) : null;
    return new Tokens(projection.apply(norm.apply(sum)), mask);
  }

  private Tensor typesOf(Named<Tensor> inputs) {
    return inputs.has("token_type_ids")
        ? Neural.gather(types, inputs.get("token_type_ids"))
        : types.slice(0, 0, 1);
  }

  /** The position vectors of N tokens, [N, d]. */
  private Tensor positionsOf(Tensor ids) {
    long longest = positions.dim(0) - first;
    long n = ids.shape().dim(1);
    if (n > longest) {
      throw new IllegalArgumentException(
          n + " tokens, but the encoder takes " + longest + " at most");
    }
    return positions.slice(0, first, -1).sliceLike(0, ids, 1);
  }

  /** INT64 1 and 0 → BOOL. */
  static Tensor real(Tensor mask) {
    Tensor number = mask.cast(DType.FLOAT32);
    return number.greaterThan(number.filled(0, DType.FLOAT32));
  }
}
