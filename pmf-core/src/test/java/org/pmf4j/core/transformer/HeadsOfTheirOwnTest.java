package org.pmf4j.core.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.pmf4j.api.backend.Backend;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.backend.Program;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.TransposedWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.plugin.PluginRegistry;
import org.pmf4j.testkit.modality.RandomWeights;

/**
 * Layers whose heads are wide enough for a few queries to do without keys and values, held against
 * whole layers on tokens and prompts.
 */
@DisplayName("A layer with heads of their own width")
class HeadsOfTheirOwnTest {
  private static final long SEED = 4;
  private static final int WIDTH = 12;
  private static final int HEAD = 32;
  private static final int TOKENS = 9;

  /** Single precision, sums in another order. */
  private static final double TOLERANCE = 1e-5;

  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names("q", "k", "v", "o", "in", "out", "norm1", "norm2");
  private static final TransformerSpec SPEC =
      new TransformerSpec(WIDTH, 4, 10, Activation.GELU, TransformerSpec.Norm.PRE, 1e-5)
          .withAttention(2, HEAD, 0.2);

  private static Backend backend;
  private static RandomWeights weights;

  @BeforeAll
  static void open() {
    PluginRegistry plugins = PluginRegistry.discover(HeadsOfTheirOwnTest.class.getClassLoader());
    backend = plugins.backends().get("djl").open(BackendOptions.DEFAULT);
    weights = RandomWeights.of(backend, null);
  }

  @AfterAll
  static void close() {
    weights.close();
    backend.close();
  }

  @Test
  @DisplayName("gives three queries without keys what whole layers give, though keys are shared")
  void absorbed() {
    assertThat(AbsorbedAttention.pays(Heads.of(SPEC), 3)).isTrue();
    agree(SPEC, NAMES, List.of(), weights.under("grouped."));
  }

  @Test
  @DisplayName("makes keys where these have a norm, which no query can take over")
  void keysWithNorm() {
    TransformerSpec.Names normed = NAMES.withHeadNorms("q_norm", "k_norm");
    agree(SPEC, normed, List.of(), weights.under("normed."));
    agree(
        SPEC.withNorms(TransformerSpec.NormKind.RMS_NORM),
        normed,
        List.of(),
        weights.under("rms."));
  }

  @Test
  @DisplayName("does so with one projection for all, stored the other way round")
  void transposed() {
    TransformerSpec.Names one =
        new TransformerSpec.Names("qkv", "qkv", "qkv", "o", "in", "out", "norm1", "norm2");
    agree(SPEC, one, List.of(), new TransposedWeights(weights.under("transposed.")));
  }

  @Test
  @DisplayName("turns the first channels of a head alone where its tables are narrower")
  void partialRotary() {
    Weights w = weights.under("partial.");
    PositionRule rotary =
        new PositionRule.Rotary(
            w.constant("cosines", table(Math::cos)), w.constant("sines", table(Math::sin)));
    agree(SPEC, NAMES, List.of(rotary), w);
  }

  @Test
  @DisplayName("has a gate of its own")
  void gate() {
    TransformerSpec gated = SPEC.gated(14, Activation.SILU);
    agree(gated, NAMES.gatedBy("gate"), List.of(), weights.under("gated."));
  }

  /**
   * Queries over memory beside whole layers: at the sequence, and at prompts that it does not see.
   */
  private static void agree(
      TransformerSpec spec,
      TransformerSpec.Names names,
      List<PositionRule> rules,
      Weights weights) {
    EncoderLayer layer = new StandardTransformerLayers().layer(spec, names, rules, weights);
    Named<Tensor> in =
        Named.of("tokens", random(SEED + 2, 2, TOKENS, WIDTH))
            .with("prompts", random(SEED + 3, 1, 3, WIDTH))
            .map(backend::tensor);
    try (Program program =
        backend.inference(
            "heads",
            t -> {
              Tokens tokens = Tokens.of(t.get("tokens"));
              Tokens prompts = Tokens.prompts(t.get("prompts"));
              Tensor each = t.get("prompts").repeatFor(t.get("tokens"));
              Tensor all = Tensor.concat(1, t.get("tokens"), each);
              Tensor whole = WholeLayer.apply(layer, all, TOKENS, null);
              Tensor sequence =
                  layer.attend(tokens, layer.memory(tokens).join(layer.memory(prompts)));
              Tensor asked =
                  layer.attend(prompts, layer.memory(tokens).join(layer.memory(prompts)));
              return Named.of("whole", whole).with("parts", Tensor.concat(1, sequence, asked));
            })) {
      Named<Tensor> out = program.run(in);
      float[] whole = backend.read(out.get("whole")).floats();
      float[] parts = backend.read(out.get("parts")).floats();
      assertThat(parts).as("seed %d", SEED).hasSameSizeAs(whole);
      for (int i = 0; i < whole.length; i++) {
        assertThat((double) parts[i])
            .as("seed %d, number %d", SEED, i)
            .isCloseTo(whole[i], Offset.offset(TOLERANCE));
      }
      out.asMap().values().forEach(Tensor::close);
    } finally {
      in.asMap().values().forEach(Tensor::close);
    }
  }

  /** Eight channels of sixteen places, of which each is turned with the fourth after it. */
  private static HostTensor table(DoubleUnaryOperator function) {
    float[] values = new float[16 * 8];
    for (int i = 0; i < values.length; i++) {
      int place = i / 8;
      values[i] = (float) function.applyAsDouble(place / (1.0 + i % 4));
    }
    return HostTensor.of(values, 16, 8);
  }

  private static HostTensor random(long seed, long... dims) {
    SplittableRandom random = new SplittableRandom(seed);
    long size = 1;
    for (long d : dims) {
      size *= d;
    }
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return HostTensor.of(values, dims);
  }
}
