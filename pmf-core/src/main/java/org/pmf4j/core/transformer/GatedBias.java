package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.PositionRule.GatedRelativeBias;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * A relative bias by distance, times the gate of each query.
 *
 * @param rule of the layer
 */
record GatedBias(GatedRelativeBias rule) {
  private static final long EACH = 4;

  /**
   * What is added to the scores.
   *
   * @param x [B, R, d], what enters attention at the first R tokens
   * @param asking the queries made of it, [B, H, R, e]
   * @param sequence keys that stand in the sequence, [B, H, N, e]
   * @return [B, H, R, N]
   */
  Tensor of(Tensor x, Tensor asking, Tensor sequence) {
    long heads = rule.table().dim(1);
    Tensor kinds = RelativeShift.between(rule.byKey(), asking, sequence);
    Tensor byDistance =
        Neural.gather(rule.table(), kinds).transpose().reshape(1, heads, 1, Tensor.INFER);
    Tensor gate = gate(x, heads);
    Tensor eachRow = gate.slice(0, 0, 1).filled(0, gate.dtype()).add(byDistance);
    return RelativeShift.byPair(eachRow, rule.byKey(), sequence).mul(gate);
  }

  /** [B, R, d] → [B, H, R, 1]. */
  private Tensor gate(Tensor x, long heads) {
    Tensor byHead =
        x.reshape(Tensor.KEEP, Tensor.KEEP, heads, x.dim(2) / heads).permute(0, 2, 1, 3);
    Tensor projected = rule.gate().apply(byHead);
    Tensor a = projected.slice(3, 0, EACH).sum(3).sigmoid();
    Tensor b = projected.slice(3, EACH, 2 * EACH).sum(3).sigmoid();
    Tensor constant = rule.constant().reshape(1, heads, 1, 1);
    return a.mul(b.mul(constant).add(-1)).add(2);
  }
}
