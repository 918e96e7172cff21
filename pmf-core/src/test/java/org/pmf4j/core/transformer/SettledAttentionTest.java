package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.PositionedEncoders;

/**
 * What a layer computes, when the attention of a sequence to itself was worked out before and when
 * it was not.
 */
@DisplayName("Attention that was settled")
class SettledAttentionTest {
  private static final long SEED = 8;

  /** Single precision, sums in another order: some 1e-7 of the largest number each. */
  private static final double TOLERANCE = 1e-5;

  private static final int BATCH = 3;
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

  /** Without positions, with a relative bias by words and by patches, rotary, with a window. */
  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("gives all tokens what they get beside prompts, and prompts their gradients")
  @CsvSource({"vit-patch-8, 1", "mpnet, 1", "beit, 1", "modernbert, 0", "modernbert, 1"})
  void allTokensBesidePrompts(String fixture, int layer) {
    agree(
        fixture,
        layer,
        (l, tokens, prompts) ->
            l.attend(tokens, l.memory(tokens).join(l.memory(Tokens.prompts(prompts)))));
  }

  @ParameterizedTest(name = "{0}, layer {1}")
  @DisplayName("gives it to the first tokens alone, where only these are asked for")
  @CsvSource({"vit-patch-8, 1", "mpnet, 1", "modernbert, 1"})
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
  @CsvSource({"vit-patch-8, 1", "mpnet, 1", "modernbert, 1"})
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

  private interface Body {
    Tensor run(EncoderLayer layer, Tokens tokens, Tensor prompts);
  }

  /**
   * Runs a body over both kinds of tokens; all real tokens and the prompts' gradient must agree.
   */
  private static void agree(String fixture, int index, Body body) {
    EncoderLayer layer = encoders.encoder(fixture).layers().get(index);
    int d = encoders.encoder(fixture).width();
    Map<String, float[]> plain = run(layer, d, tokens -> tokens, body);
    Map<String, float[]> settled =
        run(layer, d, tokens -> tokens.withSettled(layer.settle(tokens)), body);
    assertThat(settled.keySet()).containsExactly("out", "gradient");
    settled.forEach(
        (name, values) -> assertThat(distance(values, plain.get(name))).isLessThan(TOLERANCE));
  }

  private static Map<String, float[]> run(
      EncoderLayer layer, int d, Function<Tokens, Tokens> settling, Body body) {
    boolean[] real = new boolean[BATCH * TOKENS];
    for (int i = 0; i < real.length; i++) {
      real[i] = i % TOKENS < TOKENS - 4 * (i / TOKENS);
    }
    Named<Tensor> in =
        Named.of("tokens", random(SEED, BATCH, TOKENS, d))
            .with("mask", HostTensor.of(real, BATCH, TOKENS))
            .map(encoders.backend()::tensor);
    Map<String, float[]> found = new LinkedHashMap<>();
    try (Parameter prompts = encoders.backend().parameter("prompts", random(SEED + 1, 1, 5, d));
        Program program =
            encoders
                .backend()
                .training(
                    "layer",
                    (t, tape) -> {
                      Tokens tokens = new Tokens(t.get("tokens"), t.get("mask"));
                      Tensor out = body.run(layer, settling.apply(tokens), prompts.value());
                      Tensor size = t.get("tokens").sliceLike(1, out, 1);
                      Tensor counted = out.mul(size).mul(realRows(t.get("mask"), out));
                      Tensor loss = counted.sum().reshape(1);
                      return Named.of("out", counted)
                          .with("gradient", tape.gradients(loss, List.of(prompts)).get(0));
                    })) {
      Named<Tensor> out = program.run(in);
      out.asMap().forEach((n, t) -> found.put(n, encoders.backend().read(t).floats()));
      out.asMap().values().forEach(Tensor::close);
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
    return found;
  }

  private static Tensor realRows(Tensor mask, Tensor out) {
    Tensor rows = mask.sliceLike(1, out, 1).reshape(Tensor.KEEP, Tensor.INFER, 1);
    return rows.cast(out.dtype());
  }

  private static HostTensor random(long seed, int... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[dims[0] * dims[1] * dims[2]];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims[0], dims[1], dims[2]);
  }

  /** The largest difference, in relation to the largest number. */
  private static double distance(float[] a, float[] b) {
    double largest = 0;
    double size = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
      size = Math.max(size, Math.abs(b[i]));
    }
    assertThat(size).as("seed %d", SEED).isPositive();
    return largest / size;
  }
}
