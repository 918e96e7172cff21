package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.PositionRule.Windows;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * Attention of a grid's tokens to those of their own windows: each window is a sample of its own,
 * and its tokens a sequence. What joins the memory stands nowhere and comes to it afterwards, as to
 * attention that was settled.
 *
 * @param windows how the grid is cut
 * @param projections of the layer
 * @param positions of the layer, whose other rules hold within a window
 * @param scale of the layer's scores
 */
record WindowedAttention(
    Windows windows, Projections projections, Positions positions, double scale) {

  /** The heads' outputs side by side, [B, N, H · e]. */
  Tensor attend(Tensor queries, Tokens sequence) {
    Pairs p = pairs(queries, sequence);
    Tensor out =
        Neural.attention(p.asked(), p.keys(), p.own().values(), p.own().mask(), p.bias(), scale);
    return windows.grid().join(projections.heads().merge(out));
  }

  /**
   * The same in a form that more keys can join.
   *
   * @param queries [B, N, d] as they enter attention
   * @param sequence the same tokens' keys and values, as {@link LayerMemory} has them
   */
  Settled settle(Tensor queries, Tokens sequence) {
    Pairs p = pairs(queries, sequence);
    return Settled.of(
            projections.heads(), p.queries().heads(), p.asked(), p.keys(), p.own(), p.bias(), scale)
        .map(windows.grid()::join);
  }

  /**
   * Queries and keys by window.
   *
   * @param queries [B · windows, H, S, e] each
   * @param asked the same as they meet the keys
   * @param keys [B · windows, H, S, e]
   * @param own all keys and values
   * @param bias [B · windows or 1, H or 1, S, S]
   */
  private record Pairs(
      Queries queries, Tensor asked, Tensor keys, KeysAndValues own, Tensor bias) {}

  private Pairs pairs(Tensor queries, Tokens sequence) {
    Tensor asking = windows.grid().cut(queries);
    Queries q = Queries.of(asking, Place.SEQUENCE, projections, positions);
    Tensor x = windows.grid().cut(sequence.states());
    Tensor turned = positions.turnedStates(x, Place.SEQUENCE, projections.heads());
    KeysAndValues own =
        KeysAndValues.inSequence(
            projections.keys(x),
            turned == null ? null : projections.keys(turned),
            projections.values(x),
            mask(sequence.mask()));
    return new Pairs(
        q,
        positions.queries(q, Place.SEQUENCE, own),
        positions.keys(Place.SEQUENCE, own),
        own,
        bias(q, own, queries));
  }

  /** Zeros that fill up the grid are seen whatever the mask. */
  private Tensor mask(Tensor mask) {
    if (mask == null) {
      return null;
    }
    Tensor hides = mask.cast(DType.FLOAT32).neg().add(1).reshape(Tensor.KEEP, Tensor.KEEP, 1);
    Tensor cut = windows.grid().cut(hides);
    Tensor seen = Positions.number(cut, 0.5).greaterThan(cut);
    return seen.reshape(Tensor.KEEP, windows.grid().windowTokens());
  }

  /** With a mask a bias is there always: a window of hidden tokens alone then sees all alike. */
  private Tensor bias(Queries q, KeysAndValues own, Tensor batch) {
    Tensor within = positions.bias(q, Place.SEQUENCE, own);
    long tokens = windows.grid().windowTokens();
    if (windows.regions() == null) {
      return within == null && own.mask() != null ? none(q.heads()) : within;
    }
    Tensor regions = windows.regions();
    Tensor i = regions.reshape(Tensor.KEEP, 1, tokens, 1);
    Tensor apart = i.sub(regions.reshape(Tensor.KEEP, 1, 1, tokens)).abs();
    Tensor hidden = Positions.hidden(apart.greaterThan(Positions.number(apart, 0.5)), apart);
    Tensor one = within == null ? hidden : within.add(hidden);
    long heads = one.dim(1);
    return one.reshape(1, windows.grid().windows() * heads, tokens, tokens)
        .repeatFor(batch)
        .reshape(Tensor.INFER, heads, tokens, tokens);
  }

  /** Zeros [1, 1, S, S]. */
  private static Tensor none(Tensor q) {
    Tensor column = q.slice(0, 0, 1).slice(1, 0, 1).slice(3, 0, 1);
    return Positions.number(column.matmul(column.transpose()), 0);
  }
}
