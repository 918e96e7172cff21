package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * What one layer's attention makes of the positions of a query token i and a key token j, beyond
 * what the embedding added to their states. The tables are longer than any sequence; the host reads
 * their beginning.
 *
 * <p>A token that stands {@link Place#NOWHERE} – a prompt – has no distance to anything. Each rule
 * treats a pair with such a token as if the rule were not there: no bias, no rotation, no window,
 * nothing hidden. Used by whichever thread runs the program that it is part of, by several at once.
 */
public sealed interface PositionRule {
  /**
   * A bias by head on the attention scores (Shaw et al., 2018; T5, MPNet, BEiT): score(i, j) =
   * scale · q·k + table[index[i, j], head]. Pairs with a prompt get 0.
   *
   * @param table [kinds, H]
   * @param index INT64 [L, L], the kind of pair that i and j are
   */
  record RelativeBias(Tensor table, Tensor index) implements PositionRule {}

  /**
   * A relative bias with a gate, which opens it for each query by what enters attention there
   * (gated relative position bias, Chi et al., 2022; WavLM): score(i, j) = scale · q·k + g ·
   * table[kind of i − j, head], with g = a · (b · constant − 1) + 2, where a and b are the sigmoids
   * of the sums of the first and the last 4 outputs of {@code gate} over the head's share of x(i).
   * Pairs with a prompt get 0.
   *
   * @param table [kinds, H]
   * @param byKey INT64 [2L − 1], the kind of distance that i − j is, by j − i from 1 − L to L − 1
   * @param gate d / H → 8
   * @param constant H values, in any shape
   * @since API version 2
   */
  record GatedRelativeBias(Tensor table, Tensor byKey, Linear gate, Tensor constant)
      implements PositionRule {}

  /**
   * Relative positions of Transformer-XL (Dai et al., 2019): score(i, j) = scale · ((q + u)·k + (q
   * + v)·key(r)), r being the vector of the distance i − j. What u adds depends on the key alone,
   * and not on where it stands: pairs with a prompt keep (q + u)·k.
   *
   * @param contentBias u, [H, head width]
   * @param positionBias v, [H, head width]
   * @param distances [2L − 1, d], the vector of i − j by j − i from 1 − L to L − 1
   * @param key d → H · head width
   * @since API version 2
   */
  record TransformerXl(Tensor contentBias, Tensor positionBias, Tensor distances, Linear key)
      implements PositionRule {}

  /**
   * A bias by head whose table a small network makes of coordinates (Swin V2; Liu et al., 2022):
   * score(i, j) = scale · q·k + most · sigmoid(out(relu(in(coordinates[index[i, j]])))). Pairs with
   * a prompt get 0.
   *
   * @param coordinates [kinds, c], of each kind of pair
   * @param in c → inner width
   * @param out inner width → H
   * @param most the bound of a bias, above 0
   * @param index INT64 [L, L], the kind of pair that i and j are
   * @since API version 2
   */
  record ContinuousBias(Tensor coordinates, Linear in, Linear out, double most, Tensor index)
      implements PositionRule {}

  /**
   * Disentangled attention (DeBERTa; He et al., 2021): a distance has a vector r, which a layer
   * makes a key and a query of, and score(i, j) = scale · (q·k + q·key(r) + query(r)·k). Pairs with
   * a prompt keep q·k alone.
   *
   * @param distances [kinds, d], a vector for each kind of distance
   * @param norm over these vectors, or null for none
   * @param key d → H · head width, or null where queries do not look at distances (c2p)
   * @param query d → H · head width, or null where keys do not (p2c)
   * @param byKey INT64 [2L − 1], the kind of distance that i − j is, by j − i from 1 − L to L − 1
   * @param byQuery INT64 [2L − 1], the same by i − j
   * @since API version 2
   */
  record DisentangledBias(
      Tensor distances, LayerNorm norm, Linear key, Linear query, Tensor byKey, Tensor byQuery)
      implements PositionRule {}

  /**
   * Rotary positions (RoFormer, Su et al., 2021): queries and keys are turned by their own
   * position, so that q·k depends on the distance alone. The halves of a head are rotated against
   * each other. Tables that are narrower than a head turn its first channels and leave the others
   * (partial rotary). Pairs with a prompt use q·k unturned, as at distance 0.
   *
   * @param cosines [L, r], r even and at most the width of a head
   * @param sines [L, r]
   */
  record Rotary(Tensor cosines, Tensor sines) implements PositionRule {}

  /**
   * Rotary positions of what queries and keys are made of, as Wav2Vec2-Conformer has them: what
   * enters attention is turned by its position, each head's share of its channels as {@link Rotary}
   * turns a head, and queries and keys are made of that, values of what was not turned. Pairs with
   * a prompt use q·k of what was not turned, as at position 0.
   *
   * @param cosines [L, d / H]
   * @param sines [L, d / H]
   * @since API version 2
   */
  record RotaryStates(Tensor cosines, Tensor sines) implements PositionRule {}

  /**
   * Local attention: i sees j where |i − j| ≤ reach. Everybody sees prompts, and prompts see all.
   *
   * @param reach in tokens, to each side
   * @param places FLOAT32 [L], the numbers 0, 1, 2, …
   */
  record LocalWindow(int reach, Tensor places) implements PositionRule {}

  /**
   * Causal attention: i sees j where j ≤ i. Everybody sees prompts, and prompts see all.
   *
   * @param places FLOAT32 [L], the numbers 0, 1, 2, …
   * @since API version 2
   */
  record Causal(Tensor places) implements PositionRule {}

  /**
   * Causal attention in a sliding window (Beltagy et al., 2020; Mistral): i sees j where i − length
   * &lt; j ≤ i. Everybody sees prompts, and prompts see all.
   *
   * @param length in tokens, i itself among them; at least 1
   * @param places FLOAT32 [L], the numbers 0, 1, 2, …
   * @since API version 2
   */
  record CausalWindow(int length, Tensor places) implements PositionRule {}

  /**
   * Attention in windows of a grid (Swin; Liu et al., 2021): the sequence is exactly the tokens of
   * a grid, and i sees j where both are in one window and of one region. Where the grid is filled
   * up with zeros, a window's tokens see these too, as keys and values that projections make of 0.
   * The other rules of the layer are about the tokens of one window, by their places in it.
   * Everybody sees prompts, and prompts see the whole grid, without the zeros.
   *
   * @param grid how the windows lie
   * @param regions its {@link WindowGrid#regions}, or null where it is not shifted
   * @since API version 2
   */
  record Windows(WindowGrid grid, Tensor regions) implements PositionRule {}
}
