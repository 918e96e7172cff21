package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * Attention of a few queries without keys and values. With k = Wₖx + bₖ, q·k is (Wₖᵀq)·x plus a
 * number that is the same for all keys, which softmax does not see; and Σ p (Wᵥx + bᵥ) is Wᵥ(Σ p x)
 * + bᵥ. So queries are taken to the tokens' space, attend to the tokens themselves, and what they
 * find is taken to the values' space: two products over the queries in place of two over all
 * tokens.
 *
 * @param heads of the layer
 * @param key d → d
 * @param value d → d
 */
record Absorbed(Heads heads, Linear key, Linear value) {
  /** A score that softmax does not see. */
  private static final double HIDDEN = -1e9;

  /**
   * True where it computes less: H vectors of width d stand for each query.
   *
   * @param rows number of queries, possibly unknown
   */
  static boolean pays(Heads heads, long rows) {
    return rows > 0 && 2 * rows <= heads.width();
  }

  /**
   * The heads' outputs side by side.
   *
   * @param queries [B, H, R, e], or [1, H, R, e] where all samples ask the same
   * @param memory tokens that enter attention, [B, M, d]
   * @return [B, R, d]
   */
  Tensor attend(Tensor queries, Tokens memory, double scale) {
    long d = (long) heads.count() * heads.width();
    long rows = queries.dim(2);
    Tensor asked = byHead(queries.mul(scale), matrices(key.weight(), d), rows);
    Tensor all = asked.reshape(Tensor.KEEP, heads.count() * rows, d);
    if (all.shape().dim(0) == 1) {
      all = all.repeatFor(memory.states());
    }
    Tensor each =
        look(all, memory.states(), memory.mask()).reshape(Tensor.KEEP, heads.count(), rows, d);
    Tensor values = byHead(each, matrices(value.weight(), d).permute(0, 2, 1), rows);
    Tensor out = heads.merge(values);
    return value.bias() == null ? out : out.add(value.bias().cast(out.dtype()));
  }

  /**
   * softmax(q xᵀ) x, where the mask allows: as plain products, because fused attention is made for
   * many narrow heads, and this is a single one of width d.
   */
  private static Tensor look(Tensor q, Tensor x, Tensor mask) {
    Tensor scores = q.matmul(x.permute(0, 2, 1));
    if (mask != null) {
      Tensor seen = mask.reshape(Tensor.KEEP, 1, Tensor.INFER);
      scores = seen.select(scores, scores.filled(HIDDEN, scores.dtype()));
    }
    return Neural.softmax(scores, 2).matmul(x);
  }

  /** [H·e, d] → [H, e, d]. */
  private Tensor matrices(Tensor weight, long d) {
    return weight.reshape(heads.count(), heads.width(), d);
  }

  /** Each head by its own matrix: [B, H, R, a] · [H, a, b] → [B, H, R, b]. */
  private Tensor byHead(Tensor x, Tensor matrices, long rows) {
    DType type = x.dtype();
    Tensor stacked =
        x.permute(1, 0, 2, 3).reshape(heads.count(), Tensor.INFER, x.dim(3)).cast(matrices.dtype());
    Tensor y = stacked.matmul(matrices).cast(type);
    return y.reshape(heads.count(), Tensor.INFER, rows, matrices.dim(2)).permute(1, 0, 2, 3);
  }
}
