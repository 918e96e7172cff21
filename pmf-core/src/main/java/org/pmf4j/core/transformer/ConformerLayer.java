package org.pmf4j.core.transformer;

import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * A layer of a Conformer: half a feed-forward network before attention, and between attention and
 * the second half a convolution module over the sequence. A token without a place has no
 * neighbours: it is in nobody's window, and nothing is convolved for it.
 *
 * @param firstNorm norm before the first feed-forward network
 * @param first the first feed-forward network
 * @param layer attention, and the second feed-forward network, each with the norm before it
 * @param convolution over the sequence's own tokens
 * @param finalNorm norm after the layer
 */
record ConformerLayer(
    UnaryOperator<Tensor> firstNorm,
    FeedForward first,
    TransformerLayer layer,
    ConvolutionModule convolution,
    UnaryOperator<Tensor> finalNorm)
    implements EncoderLayer {

  /**
   * What attention attends to, and the sequence of which neighbours are.
   *
   * @param conformer the layer
   * @param attended what attention attends to
   * @param entered states of the sequence as they enter the layer, or null where there is none
   * @param sequence the same after the first feed-forward network, with their mask, or null
   */
  private record WithNeighbours(
      ConformerLayer conformer, LayerMemory attended, Tensor entered, Tokens sequence)
      implements Memory {
    @Override
    public Memory join(Memory other) {
      if (!(other instanceof WithNeighbours o)) {
        throw new IllegalArgumentException("memories of different layers cannot be joined");
      }
      if (sequence != null && o.sequence != null) {
        throw new IllegalArgumentException(
            "a second sequence cannot be joined to a memory: its tokens would have no neighbours");
      }
      LayerMemory both = (LayerMemory) attended.join(o.attended);
      return sequence == null && o.sequence != null
          ? new WithNeighbours(conformer, both, o.entered, o.sequence)
          : new WithNeighbours(conformer, both, entered, sequence);
    }
  }

  @Override
  public Memory memory(Tokens tokens) {
    Tokens half = afterFirst(tokens);
    LayerMemory attended = (LayerMemory) layer.memory(half);
    return tokens.place() == Place.SEQUENCE
        ? new WithNeighbours(this, attended, tokens.states(), half)
        : new WithNeighbours(this, attended, null, null);
  }

  /** The memory must come from this very layer: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Tensor attend(Tokens queries, Memory memory) {
    if (!(memory instanceof WithNeighbours m) || m.conformer() != this) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    return TensorScope.tidy(
        () -> {
          boolean placed = queries.place() == Place.SEQUENCE;
          Tensor between = placed ? withNeighbours(queries, m) : alone(queries, m);
          return finalNorm.apply(secondHalf(between));
        });
  }

  @Override
  public Named<Tensor> settle(Tokens tokens) {
    return layer.settle(afterFirst(tokens));
  }

  /** Tokens after the first feed-forward network, about which the same is settled. */
  private Tokens afterFirst(Tokens tokens) {
    return tokens.withStates(half(tokens.states())).withSettled(tokens.settled());
  }

  /** Half a step: x + ½ · first(x). */
  Tensor half(Tensor x) {
    return halfStep(first.apply(firstNorm.apply(x)), x);
  }

  /** Half a step: x + ½ · second(x). */
  Tensor secondHalf(Tensor x) {
    return halfStep(layer.mlp().apply(layer.mlpNorm().apply(x)), x);
  }

  private static Tensor halfStep(Tensor step, Tensor x) {
    return step.mul(0.5).add(x);
  }

  private Tensor alone(Tokens queries, WithNeighbours m) {
    return layer.attention(afterFirst(queries), m.attended());
  }

  /**
   * What lies between the convolution module and the second feed-forward network. All tokens of the
   * sequence attend, though fewer are asked for: the last of these have neighbours, too.
   */
  @SuppressWarnings("ReferenceEquality")
  private Tensor withNeighbours(Tokens queries, WithNeighbours m) {
    if (m.sequence() == null) {
      return convolved(afterFirst(queries), m, null);
    }
    boolean own = queries.states() == m.entered() || queries.states().dim(1) != m.entered().dim(1);
    Tokens all = own ? m.sequence().withSettled(queries.settled()) : afterFirst(queries);
    return convolved(all, m, m.sequence().mask()).sliceLike(1, queries.states(), 1);
  }

  private Tensor convolved(Tokens all, WithNeighbours m, Tensor mask) {
    Tensor attended = layer.attention(all.withPacking(null), m.attended());
    return attended.add(convolution.apply(attended, mask));
  }
}
