package org.pmf4j.testkit.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.modality.Preprocessor;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.testkit.Programs;

/** The encoder's last layer with prompts, which is what fusion makes of it. */
abstract class PromptTests {
  /** Sums in another order: a few roundings of FLOAT32, at values of about 1. */
  private static final Offset<Float> ROUNDING = Offset.offset(1e-4f);

  private static final int PROMPTS = 3;
  private static final long SEED = 41;

  private final ModalityConformance suite;

  PromptTests(ModalityConformance suite) {
    this.suite = suite;
  }

  /** What a last layer makes of what enters it, and of three prompts [1, 3, d]. */
  private interface Body extends BiFunction<Last, Tensor, Tensor> {}

  private record Last(EncoderLayer layer, Tokens tokens) {
    Memory memory() {
      return layer.memory(tokens);
    }

    Memory with(Tensor... prompts) {
      Memory all = memory();
      for (Tensor p : prompts) {
        all = all.join(layer.memory(Tokens.prompts(p)));
      }
      return all;
    }

    /** The tokens' own outputs where the prompts inform them. */
    Tensor informed(Tensor... prompts) {
      return layer.attend(tokens, with(prompts));
    }

    /** The prompts' outputs, which have asked the tokens. */
    Tensor asked(Tensor prompts) {
      return layer.attend(Tokens.prompts(prompts), with(prompts));
    }
  }

  private float[] run(boolean together, Body body) {
    try (Preprocessor preprocessor = suite.preprocessor();
        RandomWeights weights = RandomWeights.of(suite.openBackend(), null)) {
      Encoder encoder = suite.family().build(suite.config(), weights, suite.layers());
      List<Named<HostTensor>> samples = suite.prepared(preprocessor);
      Named<HostTensor> batch =
          preprocessor
              .collate(together ? samples : List.of(samples.get(samples.size() - 1)))
              .with("prompts", prompts(encoder.width()));
      try (Program program =
          suite
              .openBackend()
              .inference(
                  "prompts",
                  in -> Named.of("out", body.apply(last(encoder, in), in.get("prompts"))))) {
        return Programs.run(suite.openBackend(), program, batch).get("out").floats();
      }
    }
  }

  private static HostTensor prompts(int d) {
    Random random = new Random(SEED);
    float[] values = new float[PROMPTS * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, 1, PROMPTS, d);
  }

  private static Last last(Encoder encoder, Named<Tensor> inputs) {
    Tokens tokens = encoder.embed(inputs);
    for (EncoderLayer layer : encoder.layers().subList(0, encoder.depth() - 1)) {
      tokens = layer.apply(tokens);
    }
    return new Last(encoder.layers().get(encoder.depth() - 1), tokens);
  }

  private static void assertClose(float[] found, float[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).as("element %d, seed %d", i, SEED).isCloseTo(expected[i], ROUNDING);
    }
  }

  @Test
  @DisplayName("lets prompts inform tokens, and ask them")
  void matter() {
    float[] informed = run(true, (last, p) -> last.informed(p));
    assertThat(informed).isNotEqualTo(run(true, (last, p) -> last.informed()));
    float[] asked = run(true, (last, p) -> last.asked(p));
    assertThat(asked).isNotEqualTo(run(true, (last, p) -> last.asked(p.neg())));
    for (float v : asked) {
      assertThat(v).isFinite();
    }
  }

  @Test
  @DisplayName("takes one prompt for all samples as the same prompt of each")
  void shared() {
    assertClose(
        run(true, (last, p) -> last.informed(p)),
        run(true, (last, p) -> last.informed(p.repeatFor(last.tokens().states()))));
    assertClose(
        run(true, (last, p) -> last.asked(p)),
        run(true, (last, p) -> last.asked(p.repeatFor(last.tokens().states()))));
  }

  @Test
  @DisplayName("gives a prompt no place: their order does not matter, together or one by one")
  void unordered() {
    float[] together = run(true, (last, p) -> last.informed(p));
    assertClose(
        run(true, (last, p) -> last.informed(p.slice(1, 2, 3), p.slice(1, 0, 2))), together);
  }

  @Test
  @DisplayName("shows a prompt the whole sequence alike, in whatever order it stands")
  void seesAll() {
    float[] asked = run(false, (last, p) -> last.asked(p));
    assertClose(run(false, (last, p) -> reversed(last).asked(p)), asked);
  }

  /** Of one sample alone, whose tokens are all real. */
  private static Last reversed(Last last) {
    Tensor states = last.tokens().states();
    long n = states.dim(1);
    Tensor[] backwards = new Tensor[(int) n];
    for (int i = 0; i < n; i++) {
      backwards[i] = states.slice(1, n - 1 - i, n - i);
    }
    return new Last(last.layer(), Tokens.of(Tensor.concat(1, backwards)));
  }

  @Test
  @DisplayName("gives at some queries what it gives at all of them")
  void few() {
    assertClose(
        run(true, (last, p) -> last.layer().attend(Tokens.prompts(p.slice(1, 0, 1)), last.with(p))),
        run(true, (last, p) -> last.asked(p).slice(1, 0, 1)));
    assertClose(
        run(
            true,
            (last, p) ->
                last.layer().attend(last.tokens().first(first(last.tokens())), last.with(p))),
        run(true, (last, p) -> last.informed(p).slice(1, 0, 1)));
  }

  private static Tensor first(Tokens tokens) {
    return tokens.states().slice(1, 0, 1);
  }

  @Test
  @DisplayName("refuses what another layer remembers")
  void foreign() {
    assertThatThrownBy(
            () ->
                run(
                    true,
                    (last, p) -> {
                      Memory foreign = o -> o;
                      return last.layer().attend(last.tokens(), last.memory().join(foreign));
                    }))
        .isInstanceOf(RuntimeException.class);
  }
}
