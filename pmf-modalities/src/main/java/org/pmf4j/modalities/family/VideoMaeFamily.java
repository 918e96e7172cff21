package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Tensor;

/**
 * VideoMAE (Tong et al., 2022) as {@code VideoMAEModel} of Hugging Face transformers has it:
 * tubelets with sines as positions, no CLS token, pre-norm layers whose queries and values have
 * biases. The pooled vector is the mean of the tokens: where {@code use_mean_pooling} is false
 * after a final norm, else before the norm of the classification head ({@code fc_norm}), which is
 * applied where the files have it. Immutable, so that any number of threads may share it.
 */
public final class VideoMaeFamily implements EncoderFamily {
  /** Of the head's norm, whatever {@code layer_norm_eps} says. */
  private static final double HEAD_EPSILON = 1e-5;

  private static final String HEAD_NORM = "fc_norm";
  private static final String BIASES = "qkv_bias";

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "videomae.", "classifier.", "decoder.", "encoder_to_decoder.", "mask_token");

  @Override
  public String modelType() {
    return "videomae";
  }

  @Override
  public String modality() {
    return "video";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(config));
  }

  @Override
  public Encoder build(EncoderConfig config, Weights weights, TransformerLayers layers) {
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int d = spec.width();
    boolean mean = config.flag("use_mean_pooling", true);
    Tubelets.Size size = Tubelets.Size.of(config);
    Tubelets tubelets =
        Tubelets.of(size, d, "patch_embeddings.projection", weights.under("embeddings."));
    Tensor positions = weights.constant("positions", SinusoidTable.of((int) size.count(), d));
    List<EncoderLayer> stack =
        VitLayers.stack(withBiases(config), spec, new QueryValueBiases(weights), layers);
    UnaryOperator<Tensor> norm =
        mean ? UnaryOperator.identity() : weights.layerNorm("layernorm", d, spec.epsilon())::apply;
    return new Transformer(
        d,
        inputs -> Tokens.of(tubelets.embed(inputs.get("pixel_values")).add(positions)),
        stack,
        norm,
        mean && weights.has(HEAD_NORM + ".weight")
            ? new ThenPooling(
                new Pooling.MeanOfTokens(), weights.layerNorm(HEAD_NORM, d, HEAD_EPSILON)::apply)
            : new Pooling.MeanOfTokens());
  }

  /**
   * Transformers 5 calls the setting {@code qv_bias}, and takes the older name where it is there.
   */
  private static EncoderConfig withBiases(EncoderConfig config) {
    return FamilyConfig.withDefaults(config, Map.of(BIASES, config.flag("qv_bias", true)));
  }
}
