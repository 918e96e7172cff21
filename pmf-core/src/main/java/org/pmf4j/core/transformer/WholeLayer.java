package org.pmf4j.core.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Linear;
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

  /**
   * True if the layer depends on positions.
   *
   * @throws PmfException if a family made the layer itself: what prompts beside its tokens would do
   *     there is not known here; or if its attention is cut into windows, of which a prompt is in
   *     none
   */
  public static boolean hasPositions(EncoderLayer layer) {
    if (layer instanceof TransformerLayer known) {
      if (known.positions().windows().isPresent()) {
        throw PmfException.input(
            "the method pmf-whole-layers runs layers whose tokens all see each other, and attention"
                + " in one of these is cut into windows; use --method pmf");
      }
      return known.positions().matter();
    }
    if (layer instanceof ConformerLayer) {
      return true;
    }
    throw PmfException.input(
        "whole layers can be run on tokens and prompts where the host made them, and one of these"
            + " is its family's own; fuse fewer layers, or use the method pmf");
  }

  /**
   * The layer's output at all tokens.
   *
   * @param states [B, N + P, d], a sequence and then prompts
   * @param n N
   * @param mask BOOL [B, N + P], or null
   */
  public static Tensor apply(EncoderLayer encoderLayer, Tensor states, long n, Tensor mask) {
    if (encoderLayer instanceof ConformerLayer conformer) {
      return conformer(conformer, states, n, mask);
    }
    TransformerLayer layer = (TransformerLayer) encoderLayer;
    boolean post = layer.spec().norm() == TransformerSpec.Norm.POST;
    Tensor sum = attended(layer, states, n, mask);
    Tensor between = post ? layer.attentionNorm().apply(sum) : sum;
    Tensor inner = post ? between : layer.mlpNorm().apply(between);
    Tensor result = layer.mlp().apply(inner).add(between);
    return post ? layer.mlpNorm().apply(result) : result;
  }

  /** Neighbours are those of the sequence; prompts pass by the convolution module. */
  private static Tensor conformer(ConformerLayer layer, Tensor states, long n, Tensor mask) {
    Tensor attended = attended(layer.layer(), layer.half(states), n, mask);
    Tensor own = attended.slice(1, 0, n);
    Tensor real = mask == null ? null : mask.slice(1, 0, n);
    Tensor convolved = own.add(layer.convolution().apply(own, real));
    Tensor all = Tensor.concat(1, convolved, attended.slice(1, n, -1));
    return layer.finalNorm().apply(layer.secondHalf(all));
  }

  /** The residual sum of attention. */
  private static Tensor attended(TransformerLayer layer, Tensor states, long n, Tensor mask) {
    boolean post = layer.spec().norm() == TransformerSpec.Norm.POST;
    Tensor x = post ? states : layer.attentionNorm().apply(states);
    Projections p = layer.projections();
    Tensor q = normed(p.queryNorm(), heads(layer, p.query().get().apply(x)));
    Tensor k = shared(layer, normed(p.keyNorm(), heads(layer, p.key().get().apply(x))));
    Tensor v = shared(layer, heads(layer, p.value().get().apply(x)));
    Tensor scores = scores(layer, x, q, k, n);
    if (mask != null) {
      Tensor seen = mask.reshape(Tensor.KEEP, 1, 1, Tensor.INFER);
      scores = seen.select(scores, scores.filled(-1e9, scores.dtype()));
    }
    Tensor mixed = Neural.softmax(scores, 3).matmul(v).permute(0, 2, 1, 3);
    Tensor merged = mixed.reshape(Tensor.KEEP, Tensor.INFER, q.dim(1) * q.dim(3));
    return layer.output().apply(merged).add(states);
  }

  /** [B, H, N + P, N + P]. */
  private static Tensor scores(TransformerLayer layer, Tensor x, Tensor q, Tensor k, long n) {
    double scale = layer.spec().softmaxScale();
    Tensor asked = q;
    for (PositionRule rule : layer.positions().rules()) {
      if (rule instanceof PositionRule.TransformerXl t) {
        asked = q.add(t.contentBias().reshape(1, q.dim(1), 1, q.dim(3)));
      }
    }
    Tensor plain = asked.matmul(k.transpose()).mul(scale);
    Tensor qs = asked.slice(2, 0, n);
    Tensor ks = k.slice(2, 0, n);
    for (PositionRule rule : layer.positions().rules()) {
      if (rule instanceof PositionRule.Rotary r) {
        qs = rotate(r, qs, n);
        ks = rotate(r, ks, n);
      }
      if (rule instanceof PositionRule.RotaryStates r) {
        Tensor turned = rotatedStates(r, layer, x.slice(1, 0, n), n);
        qs = heads(layer, layer.projections().query().get().apply(turned));
        ks = heads(layer, layer.projections().key().get().apply(turned));
      }
    }
    Tensor own = qs.matmul(ks.transpose()).mul(scale);
    for (PositionRule rule : layer.positions().rules()) {
      if (rule instanceof PositionRule.RelativeBias b) {
        own = own.add(byKind(b.table(), b.index(), n));
      }
      if (rule instanceof PositionRule.ContinuousBias b) {
        Tensor inner = b.in().apply(b.coordinates()).relu();
        own = own.add(byKind(b.out().apply(inner).sigmoid().mul(b.most()), b.index(), n));
      }
      if (rule instanceof PositionRule.DisentangledBias b) {
        own = own.add(byDistance(b, qs, ks, n).mul(scale));
      }
      if (rule instanceof PositionRule.GatedRelativeBias b) {
        own = own.add(gated(b, x.slice(1, 0, n), n));
      }
      if (rule instanceof PositionRule.TransformerXl t) {
        own = own.add(byDistance(t, q.slice(2, 0, n), n).mul(scale));
      }
      if (rule instanceof PositionRule.LocalWindow w) {
        Tensor far = behind(w.places(), n).square();
        own = hide(own, far, (double) w.reach() * w.reach() + 0.5);
      }
      if (rule instanceof PositionRule.Causal c) {
        own = hide(own, behind(c.places(), n).neg(), 0.5);
      }
      if (rule instanceof PositionRule.CausalWindow w) {
        own = hide(own, behind(w.places(), n).neg(), 0.5);
        own = hide(own, behind(w.places(), n), w.length() - 0.5);
      }
    }
    Tensor above = Tensor.concat(3, own, plain.slice(2, 0, n).slice(3, n, -1));
    return Tensor.concat(2, above, plain.slice(2, n, -1));
  }

  /** [H, N, N]. */
  private static Tensor byKind(Tensor table, Tensor kinds, long n) {
    Tensor index = kinds.slice(0, 0, n).slice(1, 0, n);
    return Neural.gather(table, index).permute(2, 0, 1);
  }

  /** i − j, [N, N]. */
  private static Tensor behind(Tensor places, long n) {
    Tensor at = places.slice(0, 0, n);
    return at.reshape(n, 1).sub(at.reshape(1, n));
  }

  /** Scores where a number is at most some other, and next to nothing elsewhere. */
  private static Tensor hide(Tensor scores, Tensor number, double most) {
    Tensor limit = number.filled(most, number.dtype());
    return number.greaterThan(limit).select(scores.filled(-1e9, scores.dtype()), scores);
  }

  /** A row at a time: q·key(r) + query(r)·k, r being the vectors of a row's distances. */
  private static Tensor byDistance(PositionRule.DisentangledBias b, Tensor q, Tensor k, long n) {
    long zero = (b.byKey().dim(0) - 1) / 2;
    List<Tensor> rows = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      Tensor r = Neural.gather(b.distances(), b.byKey().slice(0, zero - i, zero - i + n));
      Tensor normed = b.norm() == null ? r : b.norm().apply(r);
      Tensor asked = q.slice(2, i, i + 1);
      Tensor row = asked.mul(k).sum(3).mul(0);
      if (b.key() != null) {
        row = row.add(asked.mul(distances(b.key(), normed, q)).sum(3));
      }
      if (b.query() != null) {
        row = row.add(k.mul(distances(b.query(), normed, q)).sum(3));
      }
      rows.add(row.permute(0, 1, 3, 2));
    }
    return Tensor.concat(2, rows);
  }

  /** A row at a time: (q + v)·key(r). */
  private static Tensor byDistance(PositionRule.TransformerXl t, Tensor q, long n) {
    long zero = (t.distances().dim(0) - 1) / 2;
    Tensor shifted = q.add(t.positionBias().reshape(1, q.dim(1), 1, q.dim(3)));
    List<Tensor> rows = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      Tensor r = distances(t.key(), t.distances().slice(0, zero - i, zero - i + n), q);
      rows.add(shifted.slice(2, i, i + 1).mul(r).sum(3).permute(0, 1, 3, 2));
    }
    return Tensor.concat(2, rows);
  }

  /** A row at a time: the gate of i times the bias of i − j. */
  private static Tensor gated(PositionRule.GatedRelativeBias b, Tensor x, long n) {
    long heads = b.table().dim(1);
    long zero = (b.byKey().dim(0) - 1) / 2;
    List<Tensor> rows = new ArrayList<>();
    for (long i = 0; i < n; i++) {
      Tensor share = x.slice(1, i, i + 1).reshape(Tensor.KEEP, heads, x.dim(2) / heads);
      Tensor sums = b.gate().apply(share).reshape(Tensor.KEEP, heads, 2, 4).sum(3).sigmoid();
      Tensor inner = sums.slice(2, 1, 2).mul(b.constant().reshape(1, heads, 1, 1)).add(-1);
      Tensor gate = sums.slice(2, 0, 1).mul(inner).add(2);
      Tensor bias = Neural.gather(b.table(), b.byKey().slice(0, zero - i, zero - i + n));
      rows.add(gate.mul(bias.transpose().reshape(1, heads, 1, n)));
    }
    return Tensor.concat(2, rows);
  }

  /** States whose channels are turned, each head's share by itself. */
  private static Tensor rotatedStates(
      PositionRule.RotaryStates rule, TransformerLayer layer, Tensor x, long n) {
    PositionRule.Rotary rotary = new PositionRule.Rotary(rule.cosines(), rule.sines());
    long share = x.dim(2) / layer.spec().heads();
    List<Tensor> turned = new ArrayList<>();
    for (long h = 0; h < layer.spec().heads(); h++) {
      Tensor one = x.slice(2, h * share, (h + 1) * share);
      turned.add(rotate(rotary, one.reshape(Tensor.KEEP, 1, n, share), n));
    }
    return Tensor.concat(3, turned).reshape(Tensor.KEEP, n, x.dim(2));
  }

  /** [N, d] → [1, H, N, e]. */
  private static Tensor distances(Linear linear, Tensor vectors, Tensor like) {
    Tensor made = linear.apply(vectors);
    return made.reshape(1, vectors.dim(0), like.dim(1), like.dim(3)).permute(0, 2, 1, 3);
  }

  /** (a, b) → (a cos − b sin, b cos + a sin), a and b being halves of what is turned of a head. */
  private static Tensor rotate(PositionRule.Rotary rotary, Tensor x, long n) {
    long all = rotary.cosines().dim(1);
    long half = all / 2;
    Tensor cos = rotary.cosines().slice(0, 0, n).slice(1, 0, half);
    Tensor sin = rotary.sines().slice(0, 0, n).slice(1, 0, half);
    Tensor a = x.slice(3, 0, half);
    Tensor b = x.slice(3, half, all);
    List<Tensor> parts = new ArrayList<>();
    parts.add(a.mul(cos).sub(b.mul(sin)));
    parts.add(b.mul(cos).add(a.mul(sin)));
    if (all < x.dim(3)) {
      parts.add(x.slice(3, all, -1));
    }
    return Tensor.concat(3, parts);
  }

  private static Tensor normed(UnaryOperator<Tensor> norm, Tensor heads) {
    return norm == null ? heads : norm.apply(heads);
  }

  private static Tensor heads(TransformerLayer layer, Tensor x) {
    int e = layer.spec().headWidth();
    return x.reshape(Tensor.KEEP, Tensor.INFER, x.dim(2) / e, e).permute(0, 2, 1, 3);
  }

  /** Head h of keys and values for the queries' heads h · group to (h + 1) · group − 1. */
  private static Tensor shared(TransformerLayer layer, Tensor x) {
    int group = layer.spec().heads() / layer.spec().keyValueHeads();
    List<Tensor> all = new ArrayList<>();
    for (int h = 0; h < layer.spec().heads(); h++) {
      all.add(x.slice(1, h / group, h / group + 1));
    }
    return Tensor.concat(1, all);
  }
}
