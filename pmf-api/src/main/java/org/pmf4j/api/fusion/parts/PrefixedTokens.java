package org.pmf4j.api.fusion.parts;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * An encoder's tokens with companions: vectors from elsewhere that go through its layers beside
 * them, as tokens do that stand nowhere, so that each attends to all and what comes out at either
 * goes on. Companions are never pooled. Immutable, so that any number of threads may share it.
 *
 * @param tokens [B, N, d]
 * @param companions [B or 1, n, d]
 * @since API version 2
 */
public record PrefixedTokens(Tokens tokens, Tensor companions) implements AutoCloseable {

  /** What leaves a layer: new states of both, which the caller may free. */
  public PrefixedTokens through(EncoderLayer layer) {
    long n = companions.dim(1);
    Tensor both =
        TensorScope.tidy(
            () -> {
              Memory memory = memory(layer);
              Tensor beside = layer.attend(Tokens.prompts(companions), memory);
              return Tensor.concat(1, beside, layer.attend(tokens, memory));
            });
    PrefixedTokens next =
        new PrefixedTokens(tokens.withStates(both.slice(1, n, -1)), both.slice(1, 0, n));
    both.close();
    return next;
  }

  /**
   * The pooled vector of the tokens after the last layer, which computes the pooled rows alone.
   *
   * @return [B, d]
   */
  public Tensor throughLast(Encoder encoder) {
    EncoderLayer layer = encoder.layers().get(encoder.depth() - 1);
    return TensorScope.tidy(() -> EncoderLayers.lastPooled(encoder, tokens, memory(layer)));
  }

  /**
   * The pooled vector of the tokens after all layers.
   *
   * @return [B, d]
   */
  public Tensor throughAll(Encoder encoder) {
    PrefixedTokens now = this;
    for (int l = 0; l < encoder.depth() - 1; l++) {
      PrefixedTokens next = now.through(encoder.layers().get(l));
      if (l > 0) {
        now.close();
      }
      now = next;
    }
    return now.throughLast(encoder);
  }

  private Memory memory(EncoderLayer layer) {
    return EncoderLayers.memory(layer, tokens, List.of(companions));
  }

  /** Frees the states of both. */
  @Override
  public void close() {
    tokens.states().close();
    companions.close();
  }
}
