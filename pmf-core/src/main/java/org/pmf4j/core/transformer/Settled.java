package org.pmf4j.core.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * What attention among a sequence's own tokens comes to, in a form that more keys can join: softmax
 * over keys in two groups is softmax over [log-sum-exp of the one group, scores of the other].
 *
 * @param queries [B, N, H · e], not turned
 * @param attended [B, N, H · e], the outputs of the heads side by side
 * @param logSumExp [B, N, H], of the scores
 */
record Settled(Tensor queries, Tensor attended, Tensor logSumExp) {
  private static final String QUERIES = "queries";
  private static final String ATTENDED = "attended";
  private static final String LOG_SUM_EXP = "log_sum_exp";

  /** Scores that are held at once, at most: 128 MiB in single precision. */
  private static final long MOST_SCORES = 1L << 25;

  /** A score that no softmax sees. */
  private static final double HIDDEN = -1e9;

  /**
   * Attention of queries to keys, the scores' sum kept. Of a sequence that is known to be long,
   * some queries after the others: all scores at once would be gigabytes. In a graph that is open
   * to any length they are held at once.
   *
   * @param queries [B, H, N, e], not turned
   * @param asked the same as they meet the keys
   * @param keys [B, H, M, e]
   * @param bias [B or 1, H or 1, N, M], or null
   */
  static Settled of(
      Heads heads,
      Tensor queries,
      Tensor asked,
      Tensor keys,
      KeysAndValues memory,
      Tensor bias,
      double scale) {
    long width = memory.values().dim(3);
    Tensor all = found(asked, keys, memory, bias, scale);
    return new Settled(
        heads.merge(queries),
        heads.merge(all.slice(3, 0, width)),
        all.slice(3, width, -1)
            .permute(0, 2, 1, 3)
            .reshape(Tensor.KEEP, Tensor.KEEP, heads.count()));
  }

  /** What the heads give and, behind it, the log-sum-exp of the scores, [B, H, N, e + 1]. */
  private static Tensor found(
      Tensor asked, Tensor keys, KeysAndValues memory, Tensor bias, double scale) {
    long rows = asked.shape().dim(2);
    long atOnce = atOnce(asked.shape(), keys.shape().dim(2));
    if (atOnce == rows) {
      return TensorScope.tidy(() -> block(asked, keys, memory, bias, scale));
    }
    List<Tensor> blocks = new ArrayList<>();
    for (long row = 0; row < rows; row += atOnce) {
      long from = row;
      long to = Math.min(rows, row + atOnce);
      Tensor own = bias == null ? null : bias.slice(2, from, to);
      blocks.add(TensorScope.tidy(() -> block(asked.slice(2, from, to), keys, memory, own, scale)));
    }
    return Tensor.concat(2, blocks);
  }

  /** Queries whose scores are held at the same time: all, of sequences of usual lengths. */
  private static long atOnce(Shape asked, long keys) {
    long rows = asked.dim(2);
    boolean known = keys != Shape.UNKNOWN && asked.isKnown();
    long each = known ? asked.dim(0) * asked.dim(1) * keys : 0;
    return each * rows <= MOST_SCORES ? rows : Math.max(1, MOST_SCORES / each);
  }

  private static Tensor block(
      Tensor asked, Tensor keys, KeysAndValues memory, Tensor bias, double scale) {
    Tensor scores = TensorScope.tidy(() -> scores(asked, keys, memory, bias, scale));
    Tensor most = scores.max(3);
    Tensor powers = TensorScope.tidy(() -> scores.sub(most).exp());
    scores.close();
    Tensor sum = powers.sum(3);
    Tensor attended = powers.matmul(memory.values()).div(sum);
    powers.close();
    return Tensor.concat(3, attended, most.add(sum.log()));
  }

  private static Tensor scores(
      Tensor asked, Tensor keys, KeysAndValues memory, Tensor bias, double scale) {
    Tensor scores = asked.matmul(keys.permute(0, 1, 3, 2)).mul(scale);
    if (bias != null) {
      scores = scores.add(bias);
    }
    if (memory.mask() == null) {
      return scores;
    }
    Tensor seen = memory.mask().reshape(Tensor.KEEP, 1, 1, Tensor.INFER);
    return seen.select(scores, scores.filled(HIDDEN, scores.dtype()));
  }

  /** What {@link #toNamed} gave, about the first tokens alone where these are not all. */
  static Settled of(Tokens tokens) {
    Named<Tensor> named = tokens.settled().map(t -> t.sliceLike(1, tokens.states(), 1));
    return new Settled(named.get(QUERIES), named.get(ATTENDED), named.get(LOG_SUM_EXP));
  }

  /** The same after a change to each tensor that leaves the last dimension as it is. */
  Settled map(UnaryOperator<Tensor> change) {
    return new Settled(change.apply(queries), change.apply(attended), change.apply(logSumExp));
  }

  Named<Tensor> toNamed() {
    return Named.of(QUERIES, queries).with(ATTENDED, attended).with(LOG_SUM_EXP, logSumExp);
  }

  /**
   * Attention to the sequence and to more keys.
   *
   * @param more keys that stand nowhere
   * @return [B, N, H · e]
   */
  Tensor join(Heads heads, KeysAndValues more, double scale) {
    Tensor q = heads.split(queries);
    Tensor scores = q.matmul(more.keys().permute(0, 1, 3, 2)).mul(scale);
    if (more.mask() != null) {
      Tensor seen = more.mask().reshape(Tensor.KEEP, 1, 1, Tensor.INFER);
      scores = seen.select(scores, scores.filled(HIDDEN, scores.dtype()));
    }
    Tensor before =
        logSumExp.reshape(Tensor.KEEP, Tensor.KEEP, heads.count(), 1).permute(0, 2, 1, 3);
    Tensor shares = Neural.softmax(Tensor.concat(3, before, scores), 3);
    Tensor kept = heads.split(attended).mul(shares.slice(3, 0, 1));
    return heads.merge(kept.add(shares.slice(3, 1, -1).matmul(more.values())));
  }
}
