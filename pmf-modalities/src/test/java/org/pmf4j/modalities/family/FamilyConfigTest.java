package org.pmf4j.modalities.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.nn.Activation;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

class FamilyConfigTest {
  /** A configuration is refused before any weight is read. */
  private static final Weights UNTOUCHED =
      new Weights() {
        @Override
        public Tensor get(String name, long... dims) {
          throw new AssertionError("read " + name);
        }

        @Override
        public boolean has(String name) {
          throw new AssertionError("asked for " + name);
        }

        @Override
        public Weights under(String prefix) {
          return this;
        }

        @Override
        public Tensor constant(String name, HostTensor value) {
          throw new AssertionError("made " + name);
        }

        @Override
        public Tensor matrix(String name, long... dims) {
          throw new AssertionError("read " + name);
        }
      };

  @Test
  void missingKeysHaveTheDefaultsOfTransformers() {
    assertThat(FamilyConfig.transformer(config(Map.of()), TransformerSpec.Norm.PRE))
        .isEqualTo(
            new TransformerSpec(768, 12, 3072, Activation.GELU, TransformerSpec.Norm.PRE, 1e-12));
  }

  @Test
  void aSizeIsOneNumberOrAHeightAndAWidth() {
    EncoderConfig config = config(Map.of("image_size", List.of(32, 48), "patch_size", 8));
    assertThat(FamilyConfig.heightAndWidth(config, "image_size", 224)).containsExactly(32, 48);
    assertThat(FamilyConfig.heightAndWidth(config, "patch_size", 16)).containsExactly(8, 8);
    assertThat(FamilyConfig.heightAndWidth(config, "other", 16)).containsExactly(16, 16);
  }

  static List<Arguments> refusals() {
    EncoderFamily vit = new VitFamily();
    EncoderFamily bert = new BertFamily();
    return List.of(
        refusal(bert, "position_embedding_type", "relative_key", "the only kind supported"),
        refusal(bert, "is_decoder", true, "causal attention is not an encoder's"),
        refusal(bert, "add_cross_attention", true, "cross-attention is not supported"),
        refusal(bert, "hidden_act", "swiglu", "unknown activation 'swiglu'"),
        refusal(bert, "num_attention_heads", 7, "a multiple of num_attention_heads 7"),
        refusal(bert, "quantization_config", Map.of("bits", 8), "quantized weights are not read"),
        refusal(bert, "pruned_heads", Map.of("0", List.of(1)), "pruned attention heads"),
        refusal(vit, "layer_norm_eps", 0.0, "above 0"),
        refusal(vit, "image_size", List.of(32), "a list [height, width]"),
        refusal(vit, "patch_size", 300, "no larger than image_size"),
        refusal(vit, "qkv_bias", "no", "true or false"));
  }

  private static Arguments refusal(EncoderFamily family, String key, Object value, String reason) {
    return Arguments.of(family.modelType(), key, value, family, reason);
  }

  @ParameterizedTest(name = "{0} refuses {1} = {2} with the reason")
  @MethodSource("refusals")
  void unsupportedMathsIsRefused(
      String type, String key, Object value, EncoderFamily family, String reason) {
    assertThatThrownBy(
            () ->
                family.build(
                    config(Map.of(key, value)),
                    UNTOUCHED,
                    (spec, names, positions, weights) -> {
                      throw new AssertionError("built a layer");
                    }))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("DIR/config.json: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pooler.dense.weight", "vit.pooler.dense.bias", "classifier.weight"})
  @DisplayName("ViT passes over poolers and heads")
  void vitIgnores(String name) {
    assertThat(new VitFamily().ignores(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pooler.dense.weight",
        "bert.pooler.dense.bias",
        "cls.predictions.bias",
        "bert.embeddings.position_ids"
      })
  @DisplayName("BERT passes over poolers, heads and buffers")
  void bertIgnores(String name) {
    assertThat(new BertFamily().ignores(name)).isTrue();
  }

  @Test
  void weightsOfTheEncoderAreNotPassedOver() {
    assertThat(new BertFamily().ignores("bert.embeddings.word_embeddings.weight")).isFalse();
    assertThat(new VitFamily().ignores("layernorm.weight")).isFalse();
  }

  private static EncoderConfig config(Map<String, Object> values) {
    return new EncoderConfig("DIR/config.json", values);
  }
}
