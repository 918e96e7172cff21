package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.TransformerSpec.Norm;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.tensor.Tensor;

/**
 * wav2vec 2.0 (Baevski et al., 2020), HuBERT (Hsu et al., 2021) and WavLM (Chen et al., 2022),
 * which has a gated relative bias in attention beside them: convolutions from samples to frames, a
 * convolutional positional embedding, then layers that are post-norm with a norm before the first,
 * or pre-norm with a norm after the last ({@code do_stable_layer_norm}). The pooled vector is the
 * mean of the real frames. Immutable, so that any number of threads may share it.
 *
 * @param modelType {@code wav2vec2}, {@code hubert} or {@code wavlm}
 */
public record Wav2Vec2Family(String modelType) implements EncoderFamily {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.q_proj",
          "attention.k_proj",
          "attention.v_proj",
          "attention.out_proj",
          "feed_forward.intermediate_dense",
          "feed_forward.output_dense",
          "layer_norm",
          "final_layer_norm");

  @Override
  public String modality() {
    return "audio";
  }

  @Override
  public boolean ignores(String name) {
    return IgnoredWeights.of(
            prefix(),
            "masked_spec_embed",
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
            "layer_weights")
        .has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    boolean stable = config.flag("do_stable_layer_norm", false);
    TransformerSpec spec =
        FamilyConfig.transformer(
            config, FamilyConfig.Keys.BERT, 1e-5, stable ? Norm.PRE : Norm.POST);
    int d = spec.width();
    WaveFeatures.Settings settings = WaveFeatures.Settings.of(config);
    boolean normed = !modelType.equals("hubert") || config.flag("feat_proj_layer_norm", true);
    Optional<GatedDistances> distances =
        modelType.equals("wavlm") ? Optional.of(GatedDistances.of(config, spec)) : Optional.empty();
    PositionalConvolution positions =
        PositionalConvolution.of(config, d, settings.activation(), weights);
    LayerNorm norm = weights.layerNorm("encoder.layer_norm", d, spec.epsilon());
    UnaryOperator<Tensor> none = UnaryOperator.identity();
    UnaryOperator<Tensor> after = stable ? none : norm::apply;
    WaveEmbedding.Limit limit =
        distances.map(GatedDistances::limit).orElse(WaveEmbedding.Limit.NONE);
    WaveEmbedding embedding =
        WaveEmbedding.of(settings, d, spec.epsilon(), normed, limit, weights)
            .followedBy(x -> after.apply(x.add(positions.apply(x))));
    Weights encoder = weights.under("encoder.");
    List<EncoderLayer> stack =
        IntStream.range(0, config.size("num_hidden_layers", 12))
            .mapToObj(i -> encoder.under("layers." + i + "."))
            .map(
                w ->
                    layers.layer(
                        spec,
                        NAMES,
                        distances.map(kinds -> kinds.rules(encoder, w)).orElse(List.of()),
                        w))
            .toList();
    return new Transformer(
        d, embedding::embed, stack, stable ? norm::apply : none, new Pooling.MeanOfTokens());
  }
}
