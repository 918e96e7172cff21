package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * Where CLIP's texts end: at the first token with the id of the end; where an old configuration
 * calls that 2, which was wrong, at the first token with the largest id. What stands behind it is
 * no part of the text: nothing attends to it, and the last real token is the end. Every text that
 * CLIP's tokenizer cuts has one; where ids have none, their last token is taken for it.
 *
 * @param id of the end
 * @param places FLOAT32 [L], the numbers 0, 1, 2, …
 */
record EndOfText(int id, Tensor places) {
  private static final int WRONG = 2;
  private static final double FAR = 1e9;

  /**
   * The id of the end.
   *
   * @param config with the family's defaults
   */
  static int id(EncoderConfig config) {
    double id = config.number("eos_token_id", 49_407);
    if (id != Math.rint(id) || id < 0 || id >= config.size("vocab_size")) {
      throw config.wrong("eos_token_id", "a token's id, below vocab_size", id);
    }
    return (int) id;
  }

  /**
   * The same tokens, of which those behind the end are not real.
   *
   * @param ids INT64 [B, N]
   */
  Tokens cut(Tokens tokens, Tensor ids) {
    Tensor numbers = ids.cast(DType.FLOAT32);
    Tensor end = id == WRONG ? numbers.max(1) : numbers.filled(id, DType.FLOAT32);
    Tensor other = numbers.sub(end).abs();
    Tensor isOther = other.greaterThan(number(other, 0.5));
    Tensor all = places.sliceLike(0, ids, 1).reshape(1, Tensor.INFER);
    Tensor place = all.add(number(numbers, 0));
    Tensor first = isOther.select(number(place, FAR), place).neg().max(1).neg();
    Tensor behind = place.sub(first).greaterThan(number(place, 0.5));
    Tensor real = tokens.mask() == null ? number(place, 1) : tokens.mask().cast(DType.FLOAT32);
    Tensor kept = behind.select(number(place, 0), real);
    return new Tokens(tokens.states(), kept.greaterThan(number(kept, 0.5)));
  }

  private static Tensor number(Tensor like, double number) {
    return like.filled(number, like.dtype());
  }
}
