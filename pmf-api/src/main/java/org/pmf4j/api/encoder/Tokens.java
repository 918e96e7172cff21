package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A batch of token states. For the thread that runs its program.
 *
 * @param states [B, N, d]; B may be 1 for tokens that all samples share, such as prompts
 * @param mask BOOL [B, N], true where a token is real and false where it is padding, or null if all
 *     are real
 * @param place where they stand
 * @param settled what the layer that they enter has {@link EncoderLayer#settle settled} about them,
 *     or nothing
 * @param packing where the real ones stand, for a layer that leaves padding out, or null
 */
public record Tokens(
    Tensor states, Tensor mask, Place place, Named<Tensor> settled, Packing packing) {
  /**
   * A sequence.
   *
   * @param mask BOOL [B, N], or null if all tokens are real
   */
  public Tokens(Tensor states, Tensor mask) {
    this(states, mask, Place.SEQUENCE, Named.none(), null);
  }

  /** A sequence without padding. */
  public static Tokens of(Tensor states) {
    return new Tokens(states, null);
  }

  /** Prompts: tokens without a place, never padding. */
  public static Tokens prompts(Tensor states) {
    return new Tokens(states, null, Place.NOWHERE, Named.none(), null);
  }

  /** The same mask, place and packing over other states, about which nothing is settled. */
  public Tokens withStates(Tensor other) {
    return new Tokens(other, mask, place, Named.none(), packing);
  }

  /** The same with what the layer that they enter has settled about them. */
  public Tokens withSettled(Named<Tensor> known) {
    return new Tokens(states, mask, place, known, packing);
  }

  /** The same where the host has told which tokens are real; null where all of them count. */
  public Tokens withPacking(Packing real) {
    return new Tokens(states, mask, place, settled, real);
  }

  /**
   * The first tokens alone, as queries: where all are real. What is settled is still about all.
   *
   * @param first [B, R, d], the states of the first R tokens
   */
  public Tokens first(Tensor first) {
    return new Tokens(first, null, place, settled, null);
  }
}
