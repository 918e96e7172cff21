package org.pmf4j.core.transformer;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Shape;
import org.pmf4j.api.tensor.Tensor;

/**
 * What queries of one layer attend to: the tokens as they enter its attention. Keys and values are
 * made where queries ask for them, because few queries do better without.
 *
 * @param layer the layer that they enter
 * @param parts tokens, after the norm before attention where there is one; a sequence comes first
 */
record LayerMemory(TransformerLayer layer, List<Tokens> parts) implements Memory {

  /** Only the very same layer will do: others may have equal weights. */
  @Override
  @SuppressWarnings("ReferenceEquality")
  public Memory join(Memory other) {
    if (!(other instanceof LayerMemory o) || o.layer != layer) {
      throw new IllegalArgumentException("memories of different layers cannot be joined");
    }
    if (layer.positions().matter() && o.parts.get(0).place() == Place.SEQUENCE) {
      throw new IllegalArgumentException(
          "a second sequence cannot be joined to a memory: its tokens would have no place");
    }
    List<Tokens> all = new ArrayList<>(parts);
    all.addAll(o.parts);
    return new LayerMemory(layer, List.copyOf(all));
  }

  /** True if its first part is the sequence of these queries, and their attention to it settled. */
  @SuppressWarnings("ReferenceEquality")
  boolean hasSettled(Tokens queries) {
    return !queries.settled().names().isEmpty() && queries.settled() == parts.get(0).settled();
  }

  /** The parts after the first. */
  LayerMemory rest() {
    return new LayerMemory(layer, parts.subList(1, parts.size()));
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** True if it holds a single sample, such as a prompt, which serves every sample. */
  boolean isShared() {
    return isShared(batch());
  }

  private static boolean isShared(Tensor states) {
    return states.shape().dim(0) == 1;
  }

  /** States whose first dimension is this memory's batch. */
  Tensor batch() {
    for (Tokens part : parts) {
      if (!isShared(part.states())) {
        return part.states();
      }
    }
    return parts.get(0).states();
  }

  /**
   * All parts, one after the other.
   *
   * @param batch any tensor with the batch that shared parts are repeated for
   * @return states [B, M, d] and their mask
   */
  Tokens together(Tensor batch) {
    if (parts.size() == 1 && !(isShared() && !isShared(batch))) {
      return parts.get(0);
    }
    List<Tensor> states = new ArrayList<>();
    List<Tensor> masks = new ArrayList<>();
    boolean padded = parts.stream().anyMatch(p -> p.mask() != null);
    for (Tokens part : parts) {
      boolean repeats = isShared(part.states()) && !isShared(batch);
      states.add(repeats ? part.states().repeatFor(batch) : part.states());
      if (padded) {
        Tensor mask = part.mask() == null ? allReal(part.states()) : part.mask();
        masks.add(repeats ? mask.repeatFor(batch) : mask);
      }
    }
    return new Tokens(Tensor.concat(1, states), padded ? Tensor.concat(1, masks) : null);
  }

  /**
   * All parts for queries to which their order is all one: what has joined the first, as far as its
   * length is known, and then the first, or all in one.
   *
   * @param batch any tensor with the batch that shared parts are repeated for
   * @return one or two, [B, Mᵢ, d] each with its mask
   */
  List<Tokens> apart(Tensor batch) {
    if (parts.size() > 1) {
      Tokens joined = rest().together(batch);
      if (joined.states().shape().dim(1) != Shape.UNKNOWN) {
        return List.of(joined, new LayerMemory(layer, parts.subList(0, 1)).together(batch));
      }
    }
    return List.of(together(batch));
  }

  private static Tensor allReal(Tensor states) {
    return states.slice(2, 0, 1).reshape(Tensor.KEEP, Tensor.INFER).filled(1, DType.BOOL);
  }
}
