package org.pmf4j.api.encoder;

import java.util.ArrayList;
import java.util.List;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.Tensor;

/**
 * What most layers hold as their {@link Memory}: tokens as they enter attention, a sequence and the
 * prompts that have joined it, one after the other. For the thread that runs its program.
 *
 * @param parts batches of tokens, of which some may have a single sample that serves every sample
 * @since API version 2
 */
public record JoinedTokens(List<Tokens> parts) {

  /** Takes over an immutable copy. */
  public JoinedTokens {
    parts = List.copyOf(parts);
  }

  /** One batch of tokens. */
  public static JoinedTokens of(Tokens tokens) {
    return new JoinedTokens(List.of(tokens));
  }

  /** These followed by others. */
  public JoinedTokens followedBy(JoinedTokens others) {
    List<Tokens> all = new ArrayList<>(parts);
    all.addAll(others.parts);
    return new JoinedTokens(all);
  }

  /** The first part. */
  public Tokens first() {
    return parts.get(0);
  }

  /** The parts after the first, perhaps none. */
  public JoinedTokens rest() {
    return new JoinedTokens(parts.subList(1, parts.size()));
  }

  /** States whose first dimension is the batch of all parts together. */
  public Tensor batch() {
    return parts.stream()
        .map(Tokens::states)
        .filter(states -> !isShared(states))
        .findFirst()
        .orElseGet(() -> first().states());
  }

  /**
   * All parts in one, each of a single sample repeated for every sample.
   *
   * @param batch any tensor with the batch that these are repeated for
   * @return states [B, M, d] and their mask, null where all are real
   */
  public Tokens together(Tensor batch) {
    if (parts.size() == 1 && !repeats(first(), batch)) {
      return first();
    }
    boolean padded = parts.stream().anyMatch(p -> p.mask() != null);
    List<Tensor> states = new ArrayList<>();
    List<Tensor> masks = new ArrayList<>();
    for (Tokens part : parts) {
      boolean repeats = repeats(part, batch);
      states.add(repeats ? part.states().repeatFor(batch) : part.states());
      if (padded) {
        Tensor mask = part.mask() == null ? allReal(part.states()) : part.mask();
        masks.add(repeats ? mask.repeatFor(batch) : mask);
      }
    }
    return new Tokens(Tensor.concat(1, states), padded ? Tensor.concat(1, masks) : null);
  }

  private static boolean repeats(Tokens part, Tensor batch) {
    return isShared(part.states()) && !isShared(batch);
  }

  private static boolean isShared(Tensor states) {
    return states.shape().dim(0) == 1;
  }

  private static Tensor allReal(Tensor states) {
    return states.slice(2, 0, 1).reshape(Tensor.KEEP, Tensor.KEEP).filled(1, DType.BOOL);
  }
}
