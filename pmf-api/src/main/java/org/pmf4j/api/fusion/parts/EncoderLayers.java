package org.pmf4j.api.fusion.parts;

import java.util.List;
import java.util.function.BiFunction;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.api.tensor.TensorScope;

/**
 * Tokens on their way through an encoder's layers. The states between two layers are freed as soon
 * as the next ones are there; those that were given stay. Has no state: any thread may call it.
 *
 * @since API version 2
 */
public final class EncoderLayers {
  private EncoderLayers() {}

  /**
   * The pooled vector after all layers, of which the last computes the pooled rows alone.
   *
   * @param tokens that enter the first layer
   * @return [B, d]
   */
  public static Tensor pooled(Encoder encoder, Tokens tokens) {
    return pooled(encoder, tokens, (layer, index) -> List.of());
  }

  /**
   * The pooled vector after all layers, in each of which the tokens attend to prompts too. What
   * comes out at the prompts is dropped.
   *
   * @param tokens that enter the first layer
   * @param prompts of a layer and its number from 0, each [B or 1, n, d]
   * @return [B, d]
   */
  public static Tensor pooled(
      Encoder encoder, Tokens tokens, BiFunction<EncoderLayer, Integer, List<Tensor>> prompts) {
    return pooled(encoder, tokens, 0, prompts);
  }

  /**
   * The pooled vector after the last layers, of which the very last computes the pooled rows alone.
   *
   * @param tokens that enter layer {@code first}, or have left the last one
   * @param first number of the first of these layers, 0 to the encoder's depth
   * @return [B, d]
   */
  public static Tensor pooledFrom(Encoder encoder, Tokens tokens, int first) {
    return first == encoder.depth()
        ? pool(encoder, tokens)
        : pooled(encoder, tokens, first, (layer, index) -> List.of());
  }

  private static Tensor pooled(
      Encoder encoder,
      Tokens tokens,
      int first,
      BiFunction<EncoderLayer, Integer, List<Tensor>> prompts) {
    Tensor states = tokens.states();
    int last = encoder.depth() - 1;
    for (int l = first; l < last; l++) {
      Tokens now = tokens.withStates(states);
      int index = l;
      Tensor next =
          TensorScope.tidy(
              () -> {
                EncoderLayer layer = encoder.layers().get(index);
                return layer.attend(now, memory(layer, now, prompts.apply(layer, index)));
              });
      if (l > first) {
        states.close();
      }
      states = next;
    }
    Tokens now = tokens.withStates(states);
    return TensorScope.tidy(
        () -> {
          EncoderLayer layer = encoder.layers().get(last);
          return lastPooled(encoder, now, memory(layer, now, prompts.apply(layer, last)));
        });
  }

  /**
   * What leaves the last layer at every token, before any final norm.
   *
   * @param tokens that enter the first layer
   */
  public static Tokens states(Encoder encoder, Tokens tokens) {
    Tokens now = tokens;
    for (int l = 0; l < encoder.depth(); l++) {
      Tokens before = now;
      EncoderLayer layer = encoder.layers().get(l);
      now = before.withStates(TensorScope.tidy(() -> layer.apply(before).states()));
      if (l > 0) {
        before.states().close();
      }
    }
    return now;
  }

  /**
   * The pooled vector after the last layer, which computes the pooled rows alone.
   *
   * @param tokens that enter the last layer
   * @param memory what they attend to
   * @return [B, d]
   */
  public static Tensor lastPooled(Encoder encoder, Tokens tokens, Memory memory) {
    EncoderLayer layer = encoder.layers().get(encoder.depth() - 1);
    Tokens rows = tokens.first(encoder.pooling().rows(tokens.states()));
    Tensor normed = encoder.finalNorm(layer.attend(rows, memory));
    return encoder.pooling().pool(normed, tokens.mask());
  }

  /**
   * The pooled vector of tokens that have left the last layer.
   *
   * @return [B, d]
   */
  public static Tensor pool(Encoder encoder, Tokens last) {
    Tensor rows = encoder.finalNorm(encoder.pooling().rows(last.states()));
    return encoder.pooling().pool(rows, last.mask());
  }

  /** The memory of tokens and of prompts beside them. */
  static Memory memory(EncoderLayer layer, Tokens tokens, List<Tensor> prompts) {
    Memory memory = layer.memory(tokens);
    for (Tensor p : prompts) {
      memory = memory.join(layer.memory(Tokens.prompts(p)));
    }
    return memory;
  }
}
