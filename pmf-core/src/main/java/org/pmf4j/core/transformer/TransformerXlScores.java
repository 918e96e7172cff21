package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.PositionRule.TransformerXl;
import org.pmf4j.api.tensor.Tensor;

/**
 * The two parts of Transformer-XL's scores: what u adds to a query, wherever it stands, and what
 * distances add to the scores.
 *
 * @param rule of the layer
 */
record TransformerXlScores(TransformerXl rule) {

  /** Queries q → q + u, [B, H, R, e]. */
  Tensor content(Tensor q) {
    return q.add(byHead(rule.contentBias(), q));
  }

  /**
   * (q + v)·key(r), r the vectors of distances.
   *
   * @param shifted q + u, [B, H, R, e]
   * @param sequence keys that stand in the sequence, [B, H, N, e]
   * @return [B, H, R, N]
   */
  Tensor positions(Tensor shifted, Tensor sequence) {
    Tensor vectors = RelativeShift.between(rule.distances(), shifted, sequence);
    Tensor keys =
        rule.key()
            .apply(vectors)
            .reshape(1, Tensor.INFER, shifted.dim(1), shifted.dim(3))
            .permute(0, 2, 1, 3);
    Tensor difference = rule.positionBias().sub(rule.contentBias());
    Tensor asked = shifted.add(byHead(difference, shifted));
    return RelativeShift.byPair(asked.matmul(keys.transpose()), rule.distances(), sequence);
  }

  private static Tensor byHead(Tensor bias, Tensor q) {
    return bias.reshape(1, q.dim(1), 1, q.dim(3)).cast(q.dtype());
  }
}
