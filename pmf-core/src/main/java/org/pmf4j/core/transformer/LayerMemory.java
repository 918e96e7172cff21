package org.pmf4j.core.transformer;

import java.util.List;
import org.pmf4j.api.encoder.JoinedTokens;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * What queries of one layer attend to: the tokens as they enter its attention. Keys and values are
 * made where queries ask for them, because few queries do better without.
 *
 * @param layer the layer that they enter
 * @param tokens after the norm before attention where there is one; a sequence comes first
 */
record LayerMemory(TransformerLayer layer, JoinedTokens tokens) implements Memory {

  /** Only the very same layer will do: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Memory join(Memory other) {
    if (!(other instanceof LayerMemory o) || o.layer != layer) {
      throw new IllegalArgumentException("memories of different layers cannot be joined");
    }
    if (layer.positions().matter() && o.first().place() == Place.SEQUENCE) {
      throw new IllegalArgumentException(
          "a second sequence cannot be joined to a memory: its tokens would have no place");
    }
    return new LayerMemory(layer, tokens.followedBy(o.tokens));
  }

  /** The first part, which is the sequence where there is one. */
  Tokens first() {
    return tokens.first();
  }

  /** True if its first part is the sequence of these queries, and their attention to it settled. */
  @SuppressWarnings("ReferenceEquality")
  boolean hasSettled(Tokens queries) {
    return !queries.settled().names().isEmpty() && queries.settled() == first().settled();
  }

  /** What has joined the first part. */
  JoinedTokens rest() {
    return tokens.rest();
  }

  /**
   * All parts for queries to which their order is all one: what has joined the first, as far as its
   * length is known, and then the first, or all in one.
   *
   * @param batch any tensor with the batch that shared parts are repeated for
   * @return one or two, [B, Mᵢ, d] each with its mask
   */
  List<Tokens> apart(Tensor batch) {
    if (!rest().parts().isEmpty()) {
      Tokens joined = rest().together(batch);
      if (joined.states().shape().dim(1) != Shape.UNKNOWN) {
        return List.of(joined, JoinedTokens.of(first()).together(batch));
      }
    }
    return List.of(tokens.together(batch));
  }
}
