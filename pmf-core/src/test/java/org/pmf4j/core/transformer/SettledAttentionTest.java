package org.pmf4j.core.transformer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;

/**
 * What a layer computes, when the attention of a sequence to itself was worked out before and when
 * it was not.
 */
@DisplayName("Attention that was settled")
class SettledAttentionTest {
  private static LayerRuns runs;

  @BeforeAll
  static void open() {
    runs = new LayerRuns();
  }

  @AfterAll
  static void close() {
    runs.close();
  }

  /**
   * Without positions, with a relative bias by words and by patches, rotary, with a window; causal
   * with shared keys, with a window behind, with norms of queries and keys; by disentangled
   * distances, beside a convolution; with a gated bias; of Conformers with their kinds of
   * positions; in one window of a grid, in four, in four that are shifted, also by cosines.
   */
  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("gives all tokens what they get beside prompts, and prompts their gradients")
  @CsvSource({
    "vit-patch-8, 1",
    "mpnet, 1",
    "beit, 1",
    "modernbert, 0",
    "modernbert, 1",
    "llama, 1",
    "llama-yarn, 1",
    "mistral, 1",
    "qwen3, 1",
    "gpt2, 1",
    "t5, 1",
    "deberta-v3, 1",
    "deberta-v2-convolution, 0",
    "wavlm, 1",
    "wavlm-stable, 0",
    "conformer, 1",
    "conformer-rotary, 1",
    "conformer-no-positions, 1",
    "swin, 1",
    "swin-four-windows, 0",
    "swin-four-windows, 1",
    "swinv2-four-windows, 1"
  })
  void allTokensBesidePrompts(String fixture, int layer) {
    agree(
        fixture,
        layer,
        (l, tokens, prompts) ->
            l.attend(tokens, l.memory(tokens).join(l.memory(Tokens.prompts(prompts)))));
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("gives it to the first tokens alone, where only these are asked for")
  @CsvSource({
    "vit-patch-8, 1",
    "mpnet, 1",
    "modernbert, 1",
    "qwen3, 1",
    "deberta-v3, 1",
    "wavlm, 1",
    "conformer, 1",
    "conformer-rotary, 1"
  })
  void firstTokensBesidePrompts(String fixture, int layer) {
    agree(
        fixture,
        layer,
        (l, tokens, prompts) -> {
          Memory memory = l.memory(tokens).join(l.memory(Tokens.prompts(prompts)));
          return l.attend(tokens.first(tokens.states().slice(1, 0, 2)), memory);
        });
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("is all there is where nothing joins the sequence")
  @CsvSource({
    "vit-patch-8, 1",
    "mpnet, 1",
    "modernbert, 1",
    "qwen3, 1",
    "deberta-v3, 1",
    "wavlm, 1",
    "conformer, 1",
    "conformer-rotary, 1"
  })
  void alone(String fixture, int layer) {
    agree(
        fixture,
        layer,
        (l, tokens, prompts) -> {
          Tensor states = l.attend(tokens, l.memory(tokens));
          return states.mul(prompts.slice(1, 0, 1));
        });
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("of one sequence does not serve the queries of another")
  @CsvSource({"vit-patch-8"})
  void anotherSequence(String fixture) {
    agree(
        fixture,
        1,
        (l, tokens, prompts) -> {
          Tokens other = tokens.withStates(tokens.states().mul(2));
          Memory memory = l.memory(other).join(l.memory(Tokens.prompts(prompts)));
          return l.attend(tokens, memory);
        });
  }

  private static void agree(String fixture, int index, LayerRuns.Body body) {
    runs.agree(fixture, index, (layer, tokens) -> tokens.withSettled(layer.settle(tokens)), body);
  }
}
