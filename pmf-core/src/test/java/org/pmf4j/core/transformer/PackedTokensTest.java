package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.Tensor;

/** What a layer computes where the host has told which tokens are real. */
@DisplayName("Padding that is left out")
class PackedTokensTest {
  private static LayerRuns runs;

  @BeforeAll
  static void open() {
    runs = new LayerRuns();
  }

  @AfterAll
  static void close() {
    runs.close();
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("changes nothing of real tokens beside prompts, nor of the prompts' gradient")
  @CsvSource({
    "vit-patch-8, 1",
    "mpnet, 1",
    "beit, 1",
    "modernbert, 0",
    "modernbert, 1",
    "qwen3, 1",
    "deberta-v3, 1",
    "deberta-v2-convolution, 0",
    "wavlm, 1",
    "conformer, 1",
    "conformer-rotary, 1"
  })
  void realTokensBesidePrompts(String fixture, int layer) {
    runs.agree(
        fixture,
        layer,
        (l, tokens) -> tokens.withPacking(runs.packing()),
        PackedTokensTest::besidePrompts);
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("changes nothing where attention was settled too")
  @CsvSource({"vit-patch-8, 1", "mpnet, 1", "modernbert, 1", "qwen3, 1", "deberta-v3, 1"})
  void settledTokensBesidePrompts(String fixture, int layer) {
    runs.agree(
        fixture,
        layer,
        (l, tokens) -> tokens.withSettled(l.settle(tokens)).withPacking(runs.packing()),
        PackedTokensTest::besidePrompts);
  }

  @Test
  @DisplayName("is left out by the next layer too")
  void nextLayer() {
    runs.agree(
        "vit-patch-8",
        1,
        (l, tokens) -> tokens.withPacking(runs.packing()),
        (l, tokens, prompts) -> {
          Tokens next = l.apply(tokens);
          assertThat(next.packing()).isEqualTo(tokens.packing());
          return besidePrompts(l, next, prompts);
        });
  }

  private static Tensor besidePrompts(EncoderLayer layer, Tokens tokens, Tensor prompts) {
    return layer.attend(tokens, layer.memory(tokens).join(layer.memory(Tokens.prompts(prompts))));
  }
}
