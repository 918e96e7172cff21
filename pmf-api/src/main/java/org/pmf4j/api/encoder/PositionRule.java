package org.pmf4j.api.encoder;

import org.pmf4j.api.tensor.Tensor;

/**
 * What one layer's attention makes of the positions of a query token i and a key token j, beyond
 * what the embedding added to their states. The tables are longer than any sequence; the host reads
 * their beginning.
 *
 * <p>A token that stands {@link Place#NOWHERE} – a prompt – has no distance to anything. Each rule
 * treats a pair with such a token as if the rule were not there: no bias, no rotation, no window.
 * Used by whichever thread runs the program that it is part of, by several at once.
 */
public sealed interface PositionRule {
  /**
   * A bias by head on the attention scores (Shaw et al., 2018; T5, MPNet, BEiT): score(i, j) =
   * q·k/√d + table[index[i, j], head]. Pairs with a prompt get 0.
   *
   * @param table [kinds, H]
   * @param index INT64 [L, L], the kind of pair that i and j are
   */
  record RelativeBias(Tensor table, Tensor index) implements PositionRule {}

  /**
   * Rotary positions (RoFormer, Su et al., 2021): queries and keys are turned by their own
   * position, so that q·k depends on the distance alone. The halves of a head are rotated against
   * each other. Pairs with a prompt use q·k unturned, as at distance 0.
   *
   * @param cosines [L, d/H]
   * @param sines [L, d/H]
   */
  record Rotary(Tensor cosines, Tensor sines) implements PositionRule {}

  /**
   * Local attention: i sees j where |i − j| ≤ reach. Everybody sees prompts, and prompts see all.
   *
   * @param reach in tokens, to each side
   * @param places FLOAT32 [L], the numbers 0, 1, 2, …
   */
  record LocalWindow(int reach, Tensor places) implements PositionRule {}
}
