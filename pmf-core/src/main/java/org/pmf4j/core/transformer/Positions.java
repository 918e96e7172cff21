package org.pmf4j.core.transformer;

import java.util.List;
import java.util.Optional;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.PositionRule.Causal;
import org.pmf4j.api.encoder.PositionRule.CausalWindow;
import org.pmf4j.api.encoder.PositionRule.ContinuousBias;
import org.pmf4j.api.encoder.PositionRule.DisentangledBias;
import org.pmf4j.api.encoder.PositionRule.GatedRelativeBias;
import org.pmf4j.api.encoder.PositionRule.LocalWindow;
import org.pmf4j.api.encoder.PositionRule.RelativeBias;
import org.pmf4j.api.encoder.PositionRule.Rotary;
import org.pmf4j.api.encoder.PositionRule.RotaryStates;
import org.pmf4j.api.encoder.PositionRule.TransformerXl;
import org.pmf4j.api.encoder.PositionRule.Windows;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * The position rules of a layer, applied to queries that are the first of a sequence (or stand
 * nowhere) and to a memory whose first keys are that sequence and whose other keys stand nowhere.
 *
 * @param rules of the layer; at most one that turns, and at most one {@link Windows}, by which
 *     {@link WindowedAttention} applies the others
 * @param scale of the layer's scores
 */
record Positions(List<PositionRule> rules, double scale) {
  /** The score of a key that is out of sight: its share of the softmax is 0. */
  private static final double HIDDEN = -1e9;

  /** True if attention depends on positions. */
  boolean matter() {
    return !rules.isEmpty();
  }

  /** The windows that attention is cut into, if it is. */
  Optional<Windows> windows() {
    return rules.stream().filter(Windows.class::isInstance).map(Windows.class::cast).findFirst();
  }

  /** Queries with what rules add to them wherever they stand, [B, H, R, e]. */
  Tensor content(Tensor q) {
    for (PositionRule rule : rules) {
      if (rule instanceof TransformerXl relative) {
        return new TransformerXlScores(relative).content(q);
      }
    }
    return q;
  }

  /**
   * The states of a sequence's first tokens as queries and keys that meet the sequence are made of
   * them.
   *
   * @param x [B, N, d], what enters attention
   * @param heads among which channels are shared out
   * @return [B, N, d], or null where they are made of x itself
   */
  Tensor turnedStates(Tensor x, Place place, Heads heads) {
    for (PositionRule rule : rules) {
      if (rule instanceof RotaryStates rotary && place == Place.SEQUENCE) {
        long count = heads.count();
        Tensor byHead =
            x.reshape(Tensor.KEEP, Tensor.KEEP, count, x.dim(2) / count).permute(0, 2, 1, 3);
        Tensor turned = turn(new Rotary(rotary.cosines(), rotary.sines()), byHead);
        return turned.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.KEEP, x.dim(2));
      }
    }
    return null;
  }

  /**
   * Queries as they meet {@link #keys}. Where the memory holds both kinds of keys, a query has two
   * halves, turned and unturned, and each key has zeros in the half that is not meant for it: one
   * product then gives turned scores with the sequence and unturned ones with prompts.
   *
   * @param q not turned
   * @return [B, H, R, e or 2e]
   */
  Tensor queries(Queries q, Place place, KeysAndValues m) {
    Rotary rotary = rotary(place, m);
    if (rotary == null && (q.turned() == null || m.turned() == null)) {
      return q.heads();
    }
    Tensor turned = rotary == null ? q.turned() : turn(rotary, q.heads());
    return m.prompts() == null ? turned : Tensor.concat(3, turned, q.heads());
  }

  /**
   * The keys of a memory as these queries meet them.
   *
   * @return [B, H, M, e or 2e]
   */
  Tensor keys(Place place, KeysAndValues m) {
    Rotary rotary = rotary(place, m);
    boolean turned = m.turned() != null && place == Place.SEQUENCE;
    if (rotary == null && !turned) {
      return m.keys();
    }
    Tensor sequence = turned ? m.turned() : turn(rotary, m.sequence());
    Tensor prompts = m.prompts();
    if (prompts == null) {
      return sequence;
    }
    return Tensor.concat(
        2, Tensor.concat(3, sequence, zeros(sequence)), Tensor.concat(3, zeros(prompts), prompts));
  }

  /**
   * What is added to the scores.
   *
   * @return [B or 1, H or 1, R, M], or null for nothing
   */
  Tensor bias(Queries q, Place place, KeysAndValues m) {
    if (place == Place.NOWHERE || m.sequence() == null) {
      return null;
    }
    Tensor sum = null;
    for (PositionRule rule : rules) {
      Tensor bias = bias(rule, q, m.sequence());
      if (bias != null) {
        sum = sum == null ? bias : sum.add(bias);
      }
    }
    return sum == null || m.prompts() == null
        ? sum
        : Tensor.concat(3, sum, nothing(sum, m.prompts()));
  }

  /** What one rule adds where queries [B, H, R, e] meet the keys of a sequence [B, H, S, e]. */
  private Tensor bias(PositionRule rule, Queries q, Tensor keys) {
    Tensor asking = q.heads();
    if (rule instanceof RelativeBias relative) {
      return byKind(relative.table(), relative.index(), asking, keys);
    }
    if (rule instanceof ContinuousBias bias) {
      Tensor inner = bias.in().apply(bias.coordinates()).relu();
      Tensor table = bias.out().apply(inner).sigmoid().mul(bias.most());
      return byKind(table, bias.index(), asking, keys);
    }
    if (rule instanceof DisentangledBias bias) {
      return new Disentangled(bias).of(asking, keys).mul(scale);
    }
    if (rule instanceof GatedRelativeBias gated) {
      return new GatedBias(gated).of(q.states(), asking, keys);
    }
    if (rule instanceof TransformerXl relative) {
      return new TransformerXlScores(relative).positions(asking, keys).mul(scale);
    }
    if (rule instanceof LocalWindow window) {
      Tensor distance = behind(window.places(), asking, keys).abs();
      return hidden(distance.greaterThan(number(distance, window.reach() + 0.5)), distance);
    }
    if (rule instanceof Causal causal) {
      Tensor ahead = behind(causal.places(), asking, keys).neg();
      return hidden(ahead.greaterThan(number(ahead, 0.5)), ahead);
    }
    if (rule instanceof CausalWindow window) {
      // What is seen is 0 to length - 1 behind: as far as that from the middle.
      double reach = (window.length() - 1) / 2.0;
      Tensor distance = behind(window.places(), asking, keys).add(-reach).abs();
      return hidden(distance.greaterThan(number(distance, reach + 0.25)), distance);
    }
    return null;
  }

  /**
   * Biases of the first tokens with each other, [1, H, R, S].
   *
   * @param kinds INT64 [L, L], of all tokens that there may be
   */
  private static Tensor byKind(Tensor table, Tensor kinds, Tensor asking, Tensor keys) {
    Tensor index =
        kinds.reshape(1, kinds.dim(0), kinds.dim(1)).sliceLike(1, asking, 2).sliceLike(2, keys, 2);
    return Neural.gather(table, index).permute(0, 3, 1, 2);
  }

  /** How far each of the first tokens is behind each, [1, 1, R, S]. */
  private static Tensor behind(Tensor places, Tensor asking, Tensor keys) {
    Tensor i = places.reshape(1, 1, Tensor.INFER, 1).sliceLike(2, asking, 2);
    Tensor j = places.reshape(1, 1, 1, Tensor.INFER).sliceLike(3, keys, 2);
    return i.sub(j);
  }

  /** Next to nothing where a pair is hidden, and 0 elsewhere. */
  static Tensor hidden(Tensor hides, Tensor like) {
    return hides.select(number(like, HIDDEN), zeros(like));
  }

  static Tensor number(Tensor like, double number) {
    return like.filled(number, like.dtype());
  }

  /** Zeros at the prompts of a memory, [1, H or 1, R, prompts]. */
  private static Tensor nothing(Tensor bias, Tensor prompts) {
    Tensor one = prompts.slice(0, 0, 1).slice(1, 0, 1).slice(3, 0, 1);
    Tensor columns = zeros(one.reshape(1, 1, 1, Tensor.INFER));
    return zeros(bias.slice(3, 0, 1)).add(columns);
  }

  /** The rule by which these queries and this memory's sequence are turned, or null. */
  private Rotary rotary(Place place, KeysAndValues m) {
    if (place == Place.NOWHERE || m.sequence() == null) {
      return null;
    }
    for (PositionRule rule : rules) {
      if (rule instanceof Rotary rotary) {
        return rotary;
      }
    }
    return null;
  }

  /** Turns the vectors of the first tokens, [B, H, N, e], each by its position. */
  private static Tensor turn(Rotary rotary, Tensor x) {
    long turned = rotary.cosines().dim(1);
    if (turned < x.dim(3)) {
      Tensor first = turn(rotary, x.slice(3, 0, turned));
      return Tensor.concat(3, first, x.slice(3, turned, -1));
    }
    long half = turned / 2;
    Tensor swapped = Tensor.concat(3, x.slice(3, half, -1).neg(), x.slice(3, 0, half));
    return x.mul(rotary.cosines().sliceLike(0, x, 2))
        .add(swapped.mul(rotary.sines().sliceLike(0, x, 2)));
  }

  private static Tensor zeros(Tensor like) {
    return number(like, 0);
  }
}
