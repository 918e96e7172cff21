package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * A layer run on a sequence and prompts together, pair by pair: the scores of all tokens with all
 * tokens, put together from four blocks, of which only that of the sequence with itself knows
 * positions. The literal form of the rule for prompts, written apart from {@link Positions}. Used
 * by whichever thread runs the program that it is part of, by several at once.
 */
public final class WholeLayer {
  private WholeLayer() {}

  /** True if the layer's attention depends on positions. */
  public static boolean hasPositions(EncoderLayer layer) {
    return ((TransformerLayer) layer).positions().matter();
  }

  /**
   * The layer's output at all tokens.
   *
   * @param states [B, N + P, d], a sequence and then prompts
   * @param n N
   * @param mask BOOL [B, N + P], or null
   */
  public static Tensor apply(EncoderLayer encoderLayer, Tensor states, long n, Tensor mask) {
    TransformerLayer layer = (TransformerLayer) encoderLayer;
    boolean post = layer.spec().norm() == TransformerSpec.Norm.POST;
    Tensor x = post ? states : layer.attentionNorm().apply(states);
    Tensor q = heads(layer, layer.query().get().apply(x));
    Tensor k = heads(layer, layer.key().get().apply(x));
    Tensor v = heads(layer, layer.value().get().apply(x));
    Tensor scores = scores(layer, q, k, n);
    if (mask != null) {
      Tensor seen = mask.reshape(Tensor.KEEP, 1, 1, Tensor.INFER);
      scores = seen.select(scores, scores.filled(-1e9, scores.dtype()));
    }
    Tensor mixed = Neural.softmax(scores, 3).matmul(v).permute(0, 2, 1, 3);
    Tensor merged = mixed.reshape(Tensor.KEEP, Tensor.INFER, states.dim(2));
    Tensor sum = layer.output().apply(merged).add(states);
    Tensor between = post ? layer.attentionNorm().apply(sum) : sum;
    Tensor inner = post ? between : layer.mlpNorm().apply(between);
    Tensor result = layer.mlp().apply(inner).add(between);
    return post ? layer.mlpNorm().apply(result) : result;
  }

  /** [B, H, N + P, N + P]. */
  private static Tensor scores(TransformerLayer layer, Tensor q, Tensor k, long n) {
    double scale = 1 / Math.sqrt((double) layer.spec().width() / layer.spec().heads());
    Tensor plain = q.matmul(k.transpose()).mul(scale);
    Tensor qs = q.slice(2, 0, n);
    Tensor ks = k.slice(2, 0, n);
    for (PositionRule rule : layer.positions().rules()) {
      if (rule instanceof PositionRule.Rotary r) {
        qs = rotate(r, qs, n);
        ks = rotate(r, ks, n);
      }
    }
    Tensor own = qs.matmul(ks.transpose()).mul(scale);
    for (PositionRule rule : layer.positions().rules()) {
      if (rule instanceof PositionRule.RelativeBias b) {
        Tensor index = b.index().slice(0, 0, n).slice(1, 0, n);
        own = own.add(Neural.gather(b.table(), index).permute(2, 0, 1));
      }
      if (rule instanceof PositionRule.LocalWindow w) {
        Tensor at = w.places().slice(0, 0, n);
        Tensor far = at.reshape(n, 1).sub(at.reshape(1, n)).square();
        Tensor limit = far.filled((double) w.reach() * w.reach() + 0.5, far.dtype());
        own = far.greaterThan(limit).select(own.filled(-1e9, own.dtype()), own);
      }
    }
    Tensor above = Tensor.concat(3, own, plain.slice(2, 0, n).slice(3, n, -1));
    return Tensor.concat(2, above, plain.slice(2, n, -1));
  }

  /** (a, b) → (a cos − b sin, b cos + a sin), a and b being the halves of a head. */
  private static Tensor rotate(PositionRule.Rotary rotary, Tensor x, long n) {
    long half = x.dim(3) / 2;
    Tensor cos = rotary.cosines().slice(0, 0, n).slice(1, 0, half);
    Tensor sin = rotary.sines().slice(0, 0, n).slice(1, 0, half);
    Tensor a = x.slice(3, 0, half);
    Tensor b = x.slice(3, half, -1);
    return Tensor.concat(3, a.mul(cos).sub(b.mul(sin)), b.mul(cos).add(a.mul(sin)));
  }

  private static Tensor heads(TransformerLayer layer, Tensor x) {
    int h = layer.spec().heads();
    return x.reshape(Tensor.KEEP, Tensor.INFER, h, x.dim(2) / h).permute(0, 2, 1, 3);
  }
}
