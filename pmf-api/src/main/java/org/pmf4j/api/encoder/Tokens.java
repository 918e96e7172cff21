package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.Tensor;

/**
 * A batch of token states.
 *
 * @param states [B, N, d]; B may be 1 for tokens that all samples share, such as prompts
 * @param mask BOOL [B, N], true where a token is real and false where it is padding, or null if all
 *     are real
 */
public record Tokens(Tensor states, Tensor mask) {
  /** Tokens without padding. */
  public static Tokens of(Tensor states) {
    return new Tokens(states, null);
  }

  /** The same mask over other states. */
  public Tokens withStates(Tensor other) {
    return new Tokens(other, mask);
  }
}
