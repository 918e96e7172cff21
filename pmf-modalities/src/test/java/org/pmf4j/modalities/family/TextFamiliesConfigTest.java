package org.pmf4j.modalities.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

@DisplayName("Configurations of decoders, T5, DeBERTa and the text halves of CLIP and SigLIP")
class TextFamiliesConfigTest {
  private static final EncoderFamily LLAMA = new LlamaFamily("llama");
  private static final EncoderFamily QWEN = new LlamaFamily("qwen2");
  private static final EncoderFamily T5 = new T5Family();
  private static final EncoderFamily DEBERTA = new DebertaFamily();

  /** Weights that nothing may be read from: a configuration is refused before that. */
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

  static List<Arguments> refusals() {
    return List.of(
        scaling(
            Map.of("rope_type", "longrope", "factor", 2), "default, linear, dynamic, llama3 or"),
        scaling(Map.of("rope_type", "linear"), "\"factor\" is missing"),
        scaling(Map.of("rope_type", "linear", "factor", 0.5), "\"factor\" must be at least 1"),
        scaling(
            Map.of("rope_type", "linear", "factor", 2, "beta_fast", 3), "\"beta_fast\": is not"),
        scaling(Map.of("rope_type", "yarn", "type", "linear", "factor", 2), "what rope_type says"),
        scaling(
            Map.of("rope_type", "llama3", "factor", 8, "low_freq_factor", 1),
            "\"high_freq_factor\" is missing"),
        scaling(Map.of("type", "default", "partial_rotary_factor", 0.5), "partial_rotary_factor"),
        refusal(LLAMA, Map.of("rope_parameters", Map.of("rope_theta", 0)), "above 0"),
        refusal(
            LLAMA,
            Map.of("rope_theta", 1e4, "rope_parameters", Map.of("rope_theta", 2e4)),
            "what rope_parameters says"),
        refusal(
            LLAMA,
            Map.of(
                "rope_scaling", Map.of("type", "linear", "factor", 2),
                "rope_parameters", Map.of("rope_theta", 1e4)),
            "the same as rope_parameters"),
        refusal(
            LLAMA,
            Map.of("rope_parameters", Map.of("full_attention", Map.of("rope_theta", 1e4))),
            "\"full_attention\": is not supported"),
        refusal(LLAMA, Map.of("num_key_value_heads", 5), "a divisor of 32 heads"),
        refusal(LLAMA, Map.of("head_dim", 5), "an even number"),
        refusal(LLAMA, Map.of("rms_norm_eps", 0), "\"rms_norm_eps\" must be above 0"),
        refusal(LLAMA, Map.of("partial_rotary_factor", 0.5), "turned as a whole"),
        refusal(LLAMA, Map.of("quantization_config", Map.of("bits", 4)), "quantized weights"),
        refusal(LLAMA, Map.of("max_position_embeddings", 1_000_000), "at most 524288 here"),
        refusal(LLAMA, Map.of("original_max_position_embeddings", 8), "move it into rope_scaling"),
        refusal(
            QWEN,
            Map.of("num_hidden_layers", 1, "layer_types", List.of("sliding_attention")),
            "\"use_sliding_window\" must be true"),
        refusal(
            QWEN,
            Map.of("num_hidden_layers", 2, "layer_types", List.of("full_attention")),
            "one for each of 2 layers"),
        refusal(new Gpt2Family(), Map.of("add_cross_attention", true), "cross-attention"),
        refusal(new Gpt2Family(), Map.of("n_embd", 12, "hidden_size", 24), "the same as n_embd"),
        refusal(new Gpt2Family(), Map.of("n_head", 7), "a multiple of n_head 7"),
        refusal(T5, Map.of("feed_forward_proj", "gated-mish"), "unknown activation 'mish'"),
        refusal(T5, Map.of("dense_act_fn", "gelu"), "relu, as feed_forward_proj says"),
        refusal(T5, Map.of("is_gated_act", true), "false, as feed_forward_proj says"),
        refusal(T5, Map.of("relative_attention_num_buckets", 30), "a multiple of 4"),
        refusal(T5, Map.of("n_positions", 5000), "at most 4096 tokens"),
        refusal(T5, Map.of("is_decoder", true), "causal attention is not an encoder's"),
        refusal(new ClipTextFamily(), Map.of("eos_token_id", 49_408), "below vocab_size"),
        refusal(new SiglipTextFamily(), Map.of("projection_size", 64), "hidden_size 768"),
        refusal(DEBERTA, Map.of("conv_kernel_size", 4), "odd"),
        refusal(DEBERTA, Map.of("conv_kernel_size", 3, "conv_groups", 2), "in groups"),
        refusal(DEBERTA, Map.of("conv_kernel_size", 3, "conv_act", "mish"), "unknown activation"),
        refusal(DEBERTA, Map.of("max_position_embeddings", 2_000_000), "at most 1048576"),
        refusal(DEBERTA, Map.of("pos_att_type", 3), "a list of \"c2p\" and \"p2c\""),
        refusal(DEBERTA, Map.of("attention_head_size", 32), "num_attention_heads, 64"));
  }

  private static Arguments scaling(Map<String, Object> scaling, String reason) {
    return refusal(LLAMA, Map.of("rope_scaling", scaling), reason);
  }

  private static Arguments refusal(
      EncoderFamily family, Map<String, Object> settings, String reason) {
    return Arguments.of(family, settings, reason);
  }

  @ParameterizedTest(name = "{1} are refused with the reason")
  @MethodSource("refusals")
  void unsupportedMathsIsRefused(
      EncoderFamily family, Map<String, Object> settings, String reason) {
    EncoderConfig config = new EncoderConfig("DIR/config.json", settings);
    assertThatThrownBy(
            () ->
                new CheckedFamily(family)
                    .build(
                        config,
                        UNTOUCHED,
                        (spec, names, positions, weights) -> {
                          throw new AssertionError("built a layer");
                        }))
        .isInstanceOf(PmfException.class)
        .hasMessageStartingWith("DIR/config.json")
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest(name = "of {0}")
  @DisplayName("Shapes where nothing is said are those of transformers,")
  @CsvSource({
    "llama, 4096, 32",
    "mistral, 4096, 32",
    "qwen2, 4096, 32",
    "qwen3, 4096, 32",
    "gpt2, 768, 12",
    "t5, 512, 6",
    "clip_text_model, 512, 12",
    "siglip_text_model, 768, 12",
    "deberta-v2, 1536, 24"
  })
  void shapes(String type, int width, int depth) {
    EncoderFamily family = family(type);
    assertThat(family.shape(new EncoderConfig("c", Map.of())))
        .contains(new EncoderShape(width, depth));
  }

  private static EncoderFamily family(String type) {
    Map<String, EncoderFamily> families = new HashMap<>();
    for (String decoder : List.of("llama", "mistral", "qwen2", "qwen3")) {
      families.put(decoder, new LlamaFamily(decoder));
    }
    for (EncoderFamily family :
        List.of(new Gpt2Family(), T5, new ClipTextFamily(), new SiglipTextFamily(), DEBERTA)) {
      families.put(family.modelType(), family);
    }
    return families.get(type);
  }

  @Test
  @DisplayName("Mistral slides as far as is said, and not where nothing is")
  void windows() {
    Map<String, Object> none = new HashMap<>();
    none.put("model_type", "mistral");
    none.put("num_hidden_layers", 2);
    assertThat(CausalWindows.of(new EncoderConfig("c", none)).lengths()).containsExactly(0, 0);
    none.put("sliding_window", 7);
    assertThat(CausalWindows.of(new EncoderConfig("c", none)).lengths()).containsExactly(7, 7);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @DisplayName("Heads, other halves and buffers are passed over:")
  @CsvSource({
    "lm_head.weight, llama",
    "score.weight, qwen2",
    "model.layers.0.self_attn.rotary_emb.inv_freq, mistral",
    "h.0.attn.bias, gpt2",
    "transformer.h.11.attn.masked_bias, gpt2",
    "decoder.block.0.layer.0.SelfAttention.q.weight, t5",
    "text_projection.weight, clip_text_model",
    "mask_predictions.dense.weight, deberta-v2"
  })
  void leftovers(String name, String type) {
    assertThat(family(type).ignores(name)).isTrue();
    assertThat(family(type).ignores("encoder.layers.0.weight")).isFalse();
  }
}
