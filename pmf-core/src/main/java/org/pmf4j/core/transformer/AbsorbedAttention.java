package org.pmf4j.core.transformer;

import java.util.List;
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
 * @param key d → heads of keys and values · e
 * @param value the same
 */
record AbsorbedAttention(Heads heads, Linear key, Linear value) {
  /** A score that softmax does not see. */
  private static final double HIDDEN = -1e9;

  /**
   * True where it computes less: H vectors of width d stand for each query, instead of a key and a
   * value of each group of heads for each token.
   *
   * @param rows number of queries, possibly unknown
   */
  static boolean pays(Heads heads, long rows) {
    return rows > 0 && 2 * rows * heads.group() <= heads.width();
  }

  /**
   * The heads' outputs side by side.
   *
   * @param queries [B, H, R, e], or [1, H, R, e] where all samples ask the same
   * @param memory tokens that enter attention, as {@link LayerMemory#apart} gives them
   * @return [B, R, d]
   */
  Tensor attend(Tensor queries, List<Tokens> memory, double scale) {
    long d = memory.get(0).states().dim(2);
    long rows = queries.dim(2);
    Tensor asked = byHead(queries.mul(scale), matrices(key, d), rows);
    Tensor all = asked.reshape(Tensor.KEEP, heads.count() * rows, d);
    if (all.shape().dim(0) == 1) {
      all = all.repeatFor(memory.get(0).states());
    }
    Tensor each = look(all, memory).reshape(Tensor.KEEP, heads.count(), rows, d);
    Tensor values = byHead(each, matrices(value, d).permute(0, 2, 1), rows);
    Tensor out = heads.merge(values);
    return value.bias() == null ? out : out.add(heads.shared(value.bias()).cast(out.dtype()));
  }

  /**
   * softmax(q xᵀ) x, where masks allow, x being the parts one after the other. These stay apart, so
   * that nothing is copied, and no gradient is taken of a part that is constant. Plain products,
   * because fused attention is made for many narrow heads, and this is a single one of width d.
   */
  private static Tensor look(Tensor q, List<Tokens> parts) {
    Tensor first = parts.get(0).states();
    Tensor shares =
        Neural.softmax(Tensor.concat(2, parts.stream().map(p -> scores(q, p)).toList()), 2);
    if (parts.size() == 1) {
      return shares.matmul(first);
    }
    long split = first.dim(1);
    Tensor found = shares.slice(2, 0, split).matmul(first);
    return found.add(shares.slice(2, split, -1).matmul(parts.get(1).states()));
  }

  private static Tensor scores(Tensor q, Tokens part) {
    Tensor scores = q.matmul(part.states().permute(0, 2, 1));
    if (part.mask() == null) {
      return scores;
    }
    Tensor seen = part.mask().reshape(Tensor.KEEP, 1, Tensor.INFER);
    return seen.select(scores, scores.filled(HIDDEN, scores.dtype()));
  }

  /** A matrix for each head of keys and values, [K, e, d]. */
  private Tensor matrices(Linear linear, long d) {
    return linear.matrix().reshape(heads.keyValueCount(), heads.width(), d);
  }

  /** Each group of heads by its own matrix: [B, H, R, a] · [K, a, b] → [B, H, R, b]. */
  private Tensor byHead(Tensor x, Tensor matrices, long rows) {
    DType type = x.dtype();
    int groups = heads.keyValueCount();
    long each = heads.group() * rows;
    Tensor stacked =
        x.reshape(Tensor.KEEP, groups, each, x.dim(3))
            .permute(1, 0, 2, 3)
            .reshape(groups, Tensor.INFER, x.dim(3))
            .cast(matrices.dtype());
    Tensor y = stacked.matmul(matrices).cast(type);
    return y.reshape(groups, Tensor.INFER, each, matrices.dim(2))
        .permute(1, 0, 2, 3)
        .reshape(Tensor.KEEP, heads.count(), rows, matrices.dim(2));
  }
}
