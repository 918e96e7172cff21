package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.BiFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.DType;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.PositionedEncoders;

@DisplayName("A prompt has no place in a sequence")
class PromptsHaveNoPlaceTest {
  private static final long SEED = 5;

  /** Single precision, sums in another order; measured 5e-7 on states of size 3. */
  private static final float TOLERANCE = 1e-5f;

  private static final int TOKENS = 16;
  private static PositionedEncoders encoders;

  @BeforeAll
  static void open() {
    encoders = new PositionedEncoders();
  }

  @AfterAll
  static void close() {
    encoders.close();
  }

  /**
   * Layers with a relative bias by words and by patches, with rotary positions, with a window, and
   * convolved.
   */
  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName(
      "as a query it sees a sequence alike in any order, which the sequence itself does not")
  @CsvSource({
    "mpnet, 1",
    "beit, 1",
    "modernbert, 0",
    "modernbert, 1",
    "t5, 1",
    "deberta-v3, 1",
    "wavlm, 1",
    "conformer, 1",
    "conformer-rotary, 1",
    "conformer-no-positions, 1",
    "swin-four-windows, 1",
    "swinv2-four-windows, 1"
  })
  void theOrderDoesNotMatterToPrompts(String fixture, int index) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(index);
    int d = encoders.encoder(fixture).width();
    BiFunction<Tensor, Tensor, Tensor> prompt =
        (tokens, p) -> layer.attend(Tokens.prompts(p), layer.memory(Tokens.of(tokens)));
    assertClose(run(prompt, d, false), run(prompt, d, true));
    BiFunction<Tensor, Tensor, Tensor> first =
        (tokens, p) -> {
          Tokens all = Tokens.of(tokens);
          return layer.attend(all.first(tokens.slice(1, 0, 2)), layer.memory(all));
        };
    assertThat(distance(run(first, d, false), run(first, d, true))).isGreaterThan(1e-3f);
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName(
      "of a causal layer it sees all of the sequence, of which the first tokens see no later")
  @CsvSource({"llama, 1", "mistral, 1", "gpt2, 1"})
  void aPromptSeesWhatIsBehind(String fixture, int index) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(index);
    int d = encoders.encoder(fixture).width();
    BiFunction<Tensor, Tensor, Tensor> prompt =
        (tokens, p) -> layer.attend(Tokens.prompts(p), layer.memory(Tokens.of(tokens)));
    assertClose(run(prompt, d, false), run(prompt, d, true));
    BiFunction<Tensor, Tensor, Tensor> ofBeginning =
        (tokens, p) ->
            layer.attend(Tokens.prompts(p), layer.memory(Tokens.of(tokens.slice(1, 0, 2))));
    assertThat(distance(run(prompt, d, false), run(ofBeginning, d, false))).isGreaterThan(1e-3f);
    BiFunction<Tensor, Tensor, Tensor> first =
        (tokens, p) -> {
          Tokens all = Tokens.of(tokens);
          return layer.attend(all.first(tokens.slice(1, 0, 2)), layer.memory(all));
        };
    assertClose(run(first, d, false), run(first, d, true));
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("in the memory it tells a token the same wherever the token stands")
  @CsvSource({
    "mpnet, 1",
    "beit, 1",
    "modernbert, 0",
    "modernbert, 1",
    "llama-yarn, 1",
    "mistral, 1",
    "qwen3, 1",
    "deberta-v3, 1",
    "wavlm, 1",
    "conformer, 1",
    "conformer-rotary, 1",
    "swin-four-windows, 0",
    "swin-four-windows, 1",
    "swinv2-four-windows, 1"
  })
  void everyTokenSeesAPromptAlike(String fixture, int index) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(index);
    int d = encoders.encoder(fixture).width();
    // The same token in all places; the sequence is hidden, so that prompts alone are seen.
    BiFunction<Tensor, Tensor, Tensor> all =
        (tokens, p) -> {
          Tensor same = p.slice(1, 0, 1);
          Tensor row = same;
          for (int i = 1; i < TOKENS; i++) {
            row = Tensor.concat(1, row, same);
          }
          Tensor none = row.slice(2, 0, 1).reshape(1, TOKENS).filled(0, DType.BOOL);
          Memory hidden = layer.memory(new Tokens(row, none));
          Memory prompts = layer.memory(Tokens.prompts(tokens.slice(1, 0, 3)));
          return layer.attend(Tokens.of(row), hidden.join(prompts));
        };
    float[] states = run(all, d, false);
    for (int i = d; i < states.length; i++) {
      assertThat(states[i]).isCloseTo(states[i % d], Offset.offset(TOLERANCE));
    }
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName("a second sequence, which would have one, cannot be joined")
  @CsvSource({
    "mpnet",
    "modernbert",
    "llama",
    "swin-four-windows",
    "wavlm",
    "conformer",
    "conformer-no-positions"
  })
  void aSecondSequenceIsRefused(String fixture) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(1);
    int d = encoders.encoder(fixture).width();
    assertThatThrownBy(
            () ->
                run(
                    (tokens, p) -> {
                      Tokens one = Tokens.of(tokens);
                      return layer.attend(one, layer.memory(one).join(layer.memory(one)));
                    },
                    d,
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("second sequence");
  }

  /**
   * Runs a body on random tokens [1, 16, d] and prompts [1, 2, d].
   *
   * @param backwards whether all tokens but the first two come in reverse
   */
  private static float[] run(BiFunction<Tensor, Tensor, Tensor> body, int d, boolean backwards) {
    float[] tokens = random(SEED, TOKENS * d);
    float[] prompts = random(SEED + 1, 2 * d);
    float[] ordered = tokens.clone();
    for (int i = 2; i < TOKENS && backwards; i++) {
      System.arraycopy(tokens, i * d, ordered, (TOKENS + 1 - i) * d, d);
    }
    Named<Tensor> in =
        Named.of("tokens", HostTensor.of(ordered, 1, TOKENS, d))
            .with("prompts", HostTensor.of(prompts, 1, 2, d))
            .map(encoders.backend()::tensor);
    try (Program program =
            encoders
                .backend()
                .inference(
                    "layer", t -> Named.of("out", body.apply(t.get("tokens"), t.get("prompts"))));
        Tensor out = program.run(in).get("out")) {
      return encoders.backend().read(out).floats();
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  private static float[] random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertClose(float[] a, float[] b) {
    assertThat(distance(a, b)).as("seed " + SEED).isLessThan(TOLERANCE);
  }

  private static float distance(float[] a, float[] b) {
    float largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
