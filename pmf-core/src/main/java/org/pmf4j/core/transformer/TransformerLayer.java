package org.pmf4j.core.transformer;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.JoinedTokens;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Packing;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.PositionRule.Windows;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Multi-head attention and a feed-forward network, each with a residual sum and a norm before it
 * (ViT), after it (BERT) or over what is added. Intermediate results are freed as the layer goes
 * along.
 *
 * @param spec what all layers of the encoder share
 * @param positions what attention makes of positions
 * @param projections to queries, keys and values
 * @param output from all heads to d, with what stands before the residual sum: a norm, layer scale
 * @param mlp the feed-forward network, with the same
 * @param attentionNorm the norm before or after the attention half, or the identity
 * @param mlpNorm the norm before or after the feed-forward half, or the identity
 */
record TransformerLayer(
    TransformerSpec spec,
    Positions positions,
    Projections projections,
    UnaryOperator<Tensor> output,
    FeedForward mlp,
    UnaryOperator<Tensor> attentionNorm,
    UnaryOperator<Tensor> mlpNorm)
    implements EncoderLayer {

  @Override
  public Memory memory(Tokens tokens) {
    Tensor x = beforeAttention(tokens.states());
    return new LayerMemory(
        this,
        JoinedTokens.of(new Tokens(x, tokens.mask(), tokens.place(), tokens.settled(), null)));
  }

  /** The memory must come from this very layer: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Tensor attend(Tokens queries, Memory memory) {
    if (!(memory instanceof LayerMemory m) || m.layer() != this) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    Packing packing = queries.packing();
    return packing == null
        ? TensorScope.tidy(() -> feedForward(attention(queries, m)))
        : TensorScope.tidy(() -> packing.unpack(feedForward(attention(queries, m))));
  }

  /** Where keys that join later cannot change what queries and own keys are, all is settled. */
  @Override
  public Named<Tensor> settle(Tokens tokens) {
    Tensor x = beforeAttention(tokens.states());
    Place place = tokens.place();
    Optional<Windows> windows = positions.windows();
    if (windows.isPresent() && place == Place.SEQUENCE) {
      return windowed(windows.get()).settle(x, new Tokens(x, tokens.mask())).toNamed();
    }
    KeysAndValues own = keysAndValues(new Tokens(x, tokens.mask()), place, place);
    Queries q = Queries.of(x, place, projections, positions);
    return Settled.of(
            heads(),
            q.heads(),
            positions.queries(q, place, own),
            positions.keys(place, own),
            own,
            positions.bias(q, place, own),
            scale())
        .toNamed();
  }

  /** The attention half, at real tokens side by side where the host has told which these are. */
  Tensor attention(Tokens queries, LayerMemory m) {
    return TensorScope.tidy(
        () -> {
          Tensor heads = m.hasSettled(queries) ? settled(queries, m.rest()) : heads(queries, m);
          Tensor sum = output.apply(real(queries, heads)).add(real(queries, queries.states()));
          return post() ? attentionNorm.apply(sum) : sum;
        });
  }

  /** Real tokens side by side where the host has told which these are, [1, T, d], or all. */
  private static Tensor real(Tokens queries, Tensor x) {
    return queries.packing() == null ? x : queries.packing().pack(x);
  }

  /** What the heads give at tokens whose attention to their own sequence is known, [B, N, d]. */
  private Tensor settled(Tokens queries, JoinedTokens others) {
    Settled settled = Settled.of(queries);
    if (others.parts().isEmpty()) {
      return settled.attended();
    }
    Tokens more = others.together(queries.states());
    return settled.join(heads(), keysAndValues(more, Place.NOWHERE, Place.NOWHERE), scale());
  }

  /** What the heads give, side by side, [B, R, d]. */
  private Tensor heads(Tokens queries, LayerMemory m) {
    Place place = queries.place();
    Optional<Windows> windows = positions.windows();
    boolean sequences = place == Place.SEQUENCE && m.first().place() == Place.SEQUENCE;
    if (windows.isPresent() && sequences) {
      return heads(windowed(windows.get()), queries, m);
    }
    Queries q = Queries.of(beforeAttention(queries.states()), place, projections, positions);
    Tensor batch = q.heads().shape().dim(0) == 1 ? m.tokens().batch() : q.heads();
    boolean placed = positions.matter() && place == Place.SEQUENCE;
    if (!placed && projections.absorb(q.heads().shape().dim(2))) {
      return new AbsorbedAttention(heads(), projections.key().get(), projections.value().get())
          .attend(q.heads(), m.apart(batch), scale());
    }
    KeysAndValues own = keysAndValues(m.tokens().together(batch), m, place);
    Queries each = q.repeatFor(own.keys());
    Tensor bias = positions.bias(each, place, own);
    Tensor asked = positions.queries(each, place, own);
    Tensor keys = positions.keys(place, own);
    return heads().merge(Neural.attention(asked, keys, own.values(), own.mask(), bias, scale()));
  }

  /** The same in windows; tokens that do not ask are in their places, to complete these. */
  private Tensor heads(WindowedAttention windowed, Tokens queries, LayerMemory m) {
    Tokens own = m.first();
    Tensor states = beforeAttention(queries.states());
    Tensor asking = states.shape().dim(0) == 1 ? states.repeatFor(own.states()) : states;
    long rows = asking.dim(1);
    Tensor all =
        rows == own.states().dim(1)
            ? asking
            : Tensor.concat(1, asking, own.states().slice(1, rows, -1));
    if (m.rest().parts().isEmpty()) {
      return windowed.attend(all, own).slice(1, 0, rows);
    }
    Tokens more = m.rest().together(all);
    return windowed
        .settle(all, own)
        .map(t -> t.slice(1, 0, rows))
        .join(heads(), keysAndValues(more, Place.NOWHERE, Place.NOWHERE), scale());
  }

  private WindowedAttention windowed(Windows windows) {
    return new WindowedAttention(windows, projections, positions, scale());
  }

  /**
   * Keys and values of all parts of a memory.
   *
   * @param all its tokens together
   * @param asking where the queries stand that ask for them
   */
  private KeysAndValues keysAndValues(Tokens all, LayerMemory m, Place asking) {
    Tokens first = m.first();
    if (m.rest().parts().isEmpty()) {
      return keysAndValues(all, first.place(), asking);
    }
    Tensor keys = projections.keys(all.states());
    Tensor values = projections.values(all.states());
    if (!counts(first.place())) {
      return KeysAndValues.nowhere(keys, values, all.mask());
    }
    return new KeysAndValues(
        keys,
        turned(first.states(), asking),
        values,
        all.mask(),
        keys.sliceLike(2, first.states(), 1),
        projections.keys(m.rest().together(all.states()).states()));
  }

  /** Keys and values of tokens that all stand alike. */
  private KeysAndValues keysAndValues(Tokens tokens, Place place, Place asking) {
    Tensor x = tokens.states();
    Tensor keys = projections.keys(x);
    Tensor values = projections.values(x);
    return counts(place)
        ? KeysAndValues.inSequence(keys, turned(x, asking), values, tokens.mask())
        : KeysAndValues.nowhere(keys, values, tokens.mask());
  }

  /** True if it matters to attention that keys stand in a sequence. */
  private boolean counts(Place place) {
    return positions.matter() && place == Place.SEQUENCE;
  }

  /** Keys of turned states, or null where they are made of the states themselves. */
  private Tensor turned(Tensor states, Place asking) {
    Tensor turned = positions.turnedStates(states, asking, heads());
    return turned == null ? null : projections.keys(turned);
  }

  private Tensor feedForward(Tensor x) {
    Tensor sum = mlp.apply(post() ? x : mlpNorm.apply(x)).add(x);
    return post() ? mlpNorm.apply(sum) : sum;
  }

  private boolean post() {
    return spec.norm() == TransformerSpec.Norm.POST;
  }

  private Tensor beforeAttention(Tensor states) {
    return post() ? states : attentionNorm.apply(states);
  }

  private Heads heads() {
    return projections.heads();
  }

  private double scale() {
    return spec.softmaxScale();
  }
}
