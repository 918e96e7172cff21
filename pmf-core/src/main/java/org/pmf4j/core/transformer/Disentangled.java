package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.PositionRule.DisentangledBias;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * Scores of queries with distances, and of distances with keys. They are worked out for all R + N −
 * 1 distances at once, and then laid out by pairs ({@link RelativeShift}).
 *
 * @param rule with at least one of both
 */
record Disentangled(DisentangledBias rule) {

  /**
   * What is added to q·k.
   *
   * @param q [B, H, R, e], of the first R tokens
   * @param k [B, H, N, e]
   * @return [B, H, R, N]
   * @throws IllegalArgumentException if there are more tokens than distances have kinds for
   */
  Tensor of(Tensor q, Tensor k) {
    Tensor sum = null;
    if (rule.key() != null) {
      Tensor keys = heads(rule.key(), rule.byKey(), q, k);
      sum = RelativeShift.byPair(q.matmul(keys.transpose()), rule.byKey(), k);
    }
    if (rule.query() != null) {
      Tensor queries = heads(rule.query(), rule.byQuery(), k, q);
      Tensor scores =
          RelativeShift.byPair(k.matmul(queries.transpose()), rule.byQuery(), q).transpose();
      sum = sum == null ? scores : sum.add(scores);
    }
    return sum;
  }

  /** Keys or queries of all distances from rows to columns, [1, H, rows + columns − 1, e]. */
  private Tensor heads(Linear linear, Tensor kinds, Tensor rows, Tensor columns) {
    Tensor kind = RelativeShift.between(kinds, rows, columns);
    Tensor vectors = Neural.gather(rule.distances(), kind);
    Tensor normed = rule.norm() == null ? vectors : rule.norm().apply(vectors);
    return linear
        .apply(normed)
        .reshape(1, Tensor.INFER, rows.dim(1), rows.dim(3))
        .permute(0, 2, 1, 3);
  }
}
