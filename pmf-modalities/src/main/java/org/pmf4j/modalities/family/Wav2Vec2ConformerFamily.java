package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.ConformerSpec;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;

/**
 * wav2vec 2.0 with Conformer layers (Wang et al., 2020, of fairseq S2T; Gulati et al., 2020): the
 * features of wav2vec 2.0, then Conformer layers with relative, rotary or no positions, and a final
 * norm. The reference's batches let the last frames of a short sound see padding by the
 * convolutions; here, as there of a sound alone, padding is 0 to them. The pooled vector is the
 * mean of the real frames. Immutable, so that any number of threads may share it.
 */
public final class Wav2Vec2ConformerFamily implements EncoderFamily {
  /** Of all norms within layers, whatever the configuration says. */
  private static final double EPSILON = 1e-5;

  private static final ConformerSpec.Names NAMES =
      new ConformerSpec.Names(
          new TransformerSpec.Names(
              "self_attn.linear_q",
              "self_attn.linear_k",
              "self_attn.linear_v",
              "self_attn.linear_out",
              "ffn2.intermediate_dense",
              "ffn2.output_dense",
              "self_attn_layer_norm",
              "ffn2_layer_norm"),
          "ffn1_layer_norm",
          "ffn1.intermediate_dense",
          "ffn1.output_dense",
          "conv_module.layer_norm",
          "conv_module.pointwise_conv1",
          "conv_module.depthwise_conv",
          "conv_module.batch_norm",
          "conv_module.pointwise_conv2",
          "final_layer_norm");

  /** Models have a positional convolution that nothing runs through. */
  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "wav2vec2_conformer.",
          "masked_spec_embed",
          "encoder.pos_conv_embed.",
          "encoder.embed_positions.",
          "lm_head.",
          "quantizer.",
          "project_q.",
          "project_hid.",
          "projector.",
          "classifier.",
          "tdnn.",
          "objective.",
          "feature_extractor.weight",
          "feature_extractor.bias",
          "layer_weights");

  @Override
  public String modelType() {
    return "wav2vec2-conformer";
  }

  @Override
  public String modality() {
    return "audio";
  }

  @Override
  public String prefix() {
    return "wav2vec2_conformer.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name) || name.endsWith(".batch_norm.num_batches_tracked");
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec outer =
        FamilyConfig.transformer(config, FamilyConfig.Keys.BERT, EPSILON, TransformerSpec.Norm.PRE);
    int d = outer.width();
    TransformerSpec inner =
        new TransformerSpec(
            d, outer.heads(), outer.mlpWidth(), outer.activation(), outer.norm(), EPSILON);
    WaveFeatures.Settings settings = WaveFeatures.Settings.of(config);
    ConformerSpec spec = new ConformerSpec(inner, kernel(config));
    ConformerPositions positions = ConformerPositions.of(config, inner);
    WaveEmbedding embedding =
        WaveEmbedding.of(settings, d, outer.epsilon(), true, positions.limit(), weights);
    Weights encoder = weights.under("encoder.");
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> encoder.under("layers." + i + "."))
            .map(w -> layers.conformer(spec, NAMES, positions.rules(encoder, w), w))
            .toList();
    LayerNorm norm = encoder.layerNorm("layer_norm", d, outer.epsilon());
    return new Transformer(d, embedding::embed, stack, norm::apply, new Pooling.MeanOfTokens());
  }

  private static int kernel(EncoderConfig config) {
    String key = "conv_depthwise_kernel_size";
    int kernel = config.size(key, 31);
    if (kernel % 2 == 0) {
      throw config.wrong(key, "odd", kernel);
    }
    return kernel;
  }
}
