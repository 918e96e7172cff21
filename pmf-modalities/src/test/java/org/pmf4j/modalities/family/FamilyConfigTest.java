package org.pmf4j.modalities.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
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
import org.pmf4j.modalities.directory.ModelHalf;

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
    EncoderFamily roberta = new RobertaFamily("roberta");
    EncoderFamily modernBert = new ModernBertFamily();
    EncoderFamily dinov2 = Dinov2Family.plain();
    EncoderFamily dinov3 = new Dinov3Family();
    EncoderFamily wave = new Wav2Vec2Family("wav2vec2");
    EncoderFamily wavlm = new Wav2Vec2Family("wavlm");
    EncoderFamily conformer = new Wav2Vec2ConformerFamily();
    EncoderFamily hubert = new Wav2Vec2Family("hubert");
    EncoderFamily ast = new AstFamily();
    EncoderFamily swin = SwinFamily.one();
    EncoderFamily swinV2 = SwinFamily.two();
    EncoderFamily clip = new HalfFamily("clip", ModelHalf.CLIP_IMAGE, new ClipFamily());
    return List.of(
        refusal(bert, "position_embedding_type", "relative_key", "is relative_key: other kinds of"),
        refusal(bert, "is_decoder", true, "causal attention is not an encoder's"),
        refusal(bert, "add_cross_attention", true, "cross-attention is not supported"),
        refusal(bert, "hidden_act", "swiglu", "unknown activation 'swiglu'"),
        refusal(bert, "num_attention_heads", 7, "a multiple of num_attention_heads 7"),
        refusal(bert, "quantization_config", Map.of("bits", 8), "quantized weights are not read"),
        refusal(bert, "pruned_heads", Map.of("0", List.of(1)), "pruned attention heads"),
        refusal(roberta, "position_embedding_type", "relative_key_query", "only absolute ones"),
        refusal(roberta, "is_decoder", true, "causal attention is not an encoder's"),
        refusal(roberta, "max_position_embeddings", 2, "above 2, where positions begin"),
        refusal(new ElectraFamily(), "hidden_act", "mish", "unknown activation 'mish'"),
        refusal(new DistilBertFamily(), "n_heads", 7, "\"dim\" must be a multiple of n_heads 7"),
        refusal(new DistilBertFamily(), "activation", "mish", "\"activation\": unknown activation"),
        refusal(new MpnetFamily(), "relative_attention_num_buckets", 16, "must be 32"),
        refusal(modernBert, "rope_scaling", Map.of("rope_type", "yarn"), "the only kind supported"),
        refusal(modernBert, "rope_scaling", Map.of("rope_type", "default", "factor", 2), "scaled"),
        refusal(modernBert, "rope_parameters", Map.of("rope_theta", 1e4), "full_attention and"),
        refusal(
            modernBert,
            "rope_parameters",
            Map.of("full_attention", Map.of("rope_type", "linear", "factor", 2.0)),
            "rope_parameters full_attention: \"rope_type\" must be \"default\""),
        refusal(
            modernBert,
            "rope_parameters",
            Map.of("sliding_attention", Map.of("partial_rotary_factor", 0.5)),
            "scaled or partial rotary positions"),
        refusal(
            modernBert,
            "rope_parameters",
            Map.of("full_attention", Map.of("rope_theta", 0)),
            "above 0"),
        refusal(modernBert, "global_rope_theta", Double.POSITIVE_INFINITY, "a finite number"),
        refusal(modernBert, "layer_types", List.of("full_attention"), "one for each of 22 layers"),
        refusal(
            modernBert, "layer_types", Collections.nCopies(22, "chunked_attention"), "a list of"),
        refusal(modernBert, "max_position_embeddings", 2_000_000_000, "at most 1048576 here"),
        refusal(bert, "head_dim", 32, "hidden_size divided by num_attention_heads"),
        refusal(bert, "per_layer_config", Map.of("0", Map.of()), "layers that differ"),
        refusal(bert, "transformers_weights", "other.safetensors", "weights of another name"),
        refusal(bert, "hidden_size", 1L << 31, "at most 2147483647"),
        refusal(roberta, "pad_token_id", -1, "a token's id, below vocab_size"),
        refusal(roberta, "pad_token_id", 1.5, "a token's id, below vocab_size"),
        refusal(roberta, "pad_token_id", 1L << 31, "a token's id, below vocab_size"),
        refusal(dinov2, "mlp_ratio", 1e300, "at most 64"),
        refusal(dinov3, "num_attention_heads", 64, "heads are a multiple of 4 wide"),
        refusal(dinov3, "rope_theta", 0, "above 0"),
        refusal(dinov3, "num_register_tokens", -1, "a whole number above 0"),
        refusal(dinov3, "image_size", 1 << 18, "at most 1048576 tokens"),
        refusal(dinov3, "key_bias", "no", "true or false"),
        refusal(new VitMaeFamily(), "patch_size", 300, "no larger than image_size"),
        refusal(wavlm, "num_buckets", 30, "a multiple of 4"),
        refusal(wavlm, "max_bucket_distance", 80, "less than 4 times max_bucket_distance"),
        refusal(wavlm, "add_adapter", true, "adapters are not supported"),
        refusal(conformer, "conv_depthwise_kernel_size", 8, "odd"),
        refusal(conformer, "position_embeddings_type", "absolute", "relative, rotary or null"),
        refusal(conformer, "max_source_positions", 1 << 20, "at most 174762 here"),
        refusal(wave, "num_feat_extract_layers", 3, "the length of conv_dim, 7"),
        refusal(clip, "vision_config_dict", Map.of("hidden_act", "mish"), "mish"),
        refusal(wave, "conv_stride", List.of(9, 9, 9, 9, 9, 9, 99), "smaller"),
        refusal(modernBert, "classifier_pooling", "max", "\"cls\" or \"mean\""),
        refusal(modernBert, "num_attention_heads", 256, "an even width"),
        refusal(modernBert, "norm_eps", 0.0, "\"norm_eps\" must be above 0"),
        refusal(vit, "layer_norm_eps", 0.0, "above 0"),
        refusal(vit, "image_size", List.of(32), "a list [height, width]"),
        refusal(vit, "patch_size", 300, "no larger than image_size"),
        refusal(vit, "qkv_bias", "no", "true or false"),
        refusal(new DeitFamily(), "patch_size", 300, "no larger than image_size"),
        refusal(dinov2, "image_size", List.of(224, 448), "a square of square patches"),
        refusal(dinov2, "mlp_ratio", 0, "above 0"),
        refusal(dinov2, "use_swiglu_ffn", "yes", "true or false"),
        refusal(clip, "vision_config", Map.of("hidden_act", "mish"), "mish"),
        refusal(new SiglipFamily(), "vision_use_head", 1, "true or false"),
        refusals(
            modernBert,
            "rope_parameters",
            Map.of(
                "global_rope_theta",
                1e4,
                "rope_parameters",
                Map.of("full_attention", Map.of("rope_theta", 2e4))),
            "what rope_parameters says"),
        refusals(
            modernBert,
            "sliding_window",
            Map.of("local_attention", 128, "sliding_window", 128),
            "half of local_attention, 64"),
        refusals(
            new DistilBertFamily(),
            "hidden_size",
            Map.of("dim", 768, "hidden_size", 64),
            "the same"),
        refusals(
            new WhisperFamily(),
            "d_model",
            Map.of("d_model", 64, "hidden_size", 32),
            "the same as"),
        Arguments.of(
            "beit",
            "use_relative_position_bias",
            true,
            new BeitFamily(),
            Map.of("use_relative_position_bias", true, "image_size", List.of(32, 64)),
            "square where attention has a relative bias"),
        refusal(swin, "window_size", 8, "at most the 7 patches of a stage's side"),
        refusal(swin, "window_size", 65, "at most 64"),
        refusal(swin, "depths", List.of(2, 2), "a list as long as depths, 2"),
        refusal(swin, "num_heads", List.of(5, 6, 12, 24), "divisors of each stage's width"),
        refusal(swin, "embed_dim", 1 << 17, "at most 65536 after all stages"),
        refusal(swin, "mlp_ratio", 0, "above 0, and at most 64"),
        refusal(swin, "layer_norm_eps", 0, "above 0"),
        refusal(swin, "image_size", 20_000, "at most 4096 patches high and wide"),
        refusal(swin, "patch_norm", false, "patches without a norm are not supported"),
        refusals(
            swin,
            "image_size",
            Map.of("image_size", 226, "use_absolute_embeddings", true),
            "a multiple of patch_size"),
        refusal(swinV2, "use_absolute_embeddings", true, "save the model without"),
        refusal(swinV2, "pretrained_window_sizes", List.of(12, 12, 12), "for all stages"),
        refusal(swinV2, "pretrained_window_sizes", List.of(12, 12, 12, 1), "0 or above 1"),
        refusal(swinV2, "image_size", 16, "so large that every stage has patches"),
        refusal(wave, "add_adapter", true, "adapters are not supported"),
        refusal(wave, "adapter_attn_dim", 16, "adapters are not supported"),
        refusal(wave, "feat_extract_norm", "batch", "\"group\" or \"layer\""),
        refusal(wave, "conv_dim", List.of(512, 512), "as long as conv_kernel"),
        refusal(wave, "conv_kernel", List.of(), "a list of whole numbers above 0"),
        refusal(wave, "feat_extract_activation", "mish", "unknown activation"),
        refusal(wave, "num_conv_pos_embedding_groups", 7, "num_conv_pos_embedding_groups 7"),
        refusal(hubert, "conv_pos_batch_norm", true, "batch norm"),
        refusal(ast, "patch_size", 200, "no larger than num_mel_bins"),
        refusal(new WhisperFamily(), "encoder_attention_heads", 7, "encoder_attention_heads 7"));
  }

  private static Arguments refusals(
      EncoderFamily family, String key, Map<String, Object> settings, String reason) {
    return Arguments.of(family.modelType(), key, settings.get(key), family, settings, reason);
  }

  private static Arguments refusal(EncoderFamily family, String key, Object value, String reason) {
    return Arguments.of(family.modelType(), key, value, family, Map.of(key, value), reason);
  }

  @ParameterizedTest(name = "{0} refuses {1} = {2} with the reason")
  @MethodSource("refusals")
  void unsupportedMathsIsRefused(
      String type,
      String key,
      Object value,
      EncoderFamily family,
      Map<String, Object> settings,
      String reason) {
    assertThatThrownBy(
            () ->
                new CheckedFamily(family)
                    .build(
                        config(settings),
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

  static List<Arguments> leftovers() {
    return List.of(
        Arguments.of(new RobertaFamily("xlm-roberta"), "roberta.pooler.dense.weight"),
        Arguments.of(new RobertaFamily("roberta"), "lm_head.dense.weight"),
        Arguments.of(new ClipFamily(), "text_model.embeddings.token_embedding.weight"),
        Arguments.of(new SiglipFamily(), "logit_bias"),
        Arguments.of(
            new BeitFamily(),
            "encoder.layer.0.attention.attention.relative_position_bias.relative_position_index"),
        Arguments.of(SwinFamily.one(), "swin.embeddings.mask_token"),
        Arguments.of(SwinFamily.one(), "decoder.0.weight"),
        Arguments.of(
            SwinFamily.two(),
            "swinv2.encoder.layers.0.blocks.1.attention.self.relative_coords_table"),
        Arguments.of(new WhisperFamily(), "model.decoder.embed_tokens.weight"),
        Arguments.of(new Wav2Vec2Family("wav2vec2"), "wav2vec2.masked_spec_embed"),
        Arguments.of(new Wav2Vec2Family("hubert"), "lm_head.bias"),
        Arguments.of(new ModernBertFamily(), "head.dense.weight"),
        Arguments.of(Dinov2Family.withRegisters(), "dinov2_with_registers.embeddings.mask_token"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("leftovers")
  @DisplayName("Heads, other halves and buffers are passed over")
  void othersIgnore(EncoderFamily family, String name) {
    assertThat(family.ignores(name)).isTrue();
  }

  @Test
  void weightsOfTheEncoderAreNotPassedOver() {
    assertThat(new BertFamily().ignores("bert.embeddings.word_embeddings.weight")).isFalse();
    assertThat(new VitFamily().ignores("layernorm.weight")).isFalse();
    assertThat(new WhisperFamily().ignores("model.encoder.conv1.weight")).isFalse();
    assertThat(new ClipFamily().ignores("vision_model.post_layernorm.bias")).isFalse();
  }

  private static EncoderConfig config(Map<String, Object> values) {
    return new EncoderConfig("DIR/config.json", values);
  }
}
