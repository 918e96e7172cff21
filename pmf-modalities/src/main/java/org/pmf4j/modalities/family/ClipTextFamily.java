package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderFamily;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.EncoderShape;
import org.pmf4j.api.encoder.Pooling;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.Tensor;

/**
 * The text half of CLIP (Radford et al., 2021): learned positions, causal pre-norm layers, a final
 * norm. The pooled vector is the state at the end of the text; the projection into the space that
 * CLIP shares with images is not used. Immutable, so that any number of threads may share it.
 */
public final class ClipTextFamily implements EncoderFamily {
  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "vocab_size", 49_408,
          "hidden_size", 512,
          "intermediate_size", 2048,
          "num_attention_heads", 8,
          "max_position_embeddings", 77,
          "hidden_act", "quick_gelu",
          "layer_norm_eps", 1e-5);

  private static final IgnoredWeights LEFTOVERS =
      IgnoredWeights.of(
          "clip.",
          "vision_model.",
          "visual_projection.",
          "text_projection.",
          "logit_scale",
          "text_model.embeddings.position_ids",
          "embeddings.position_ids");

  @Override
  public String modelType() {
    return "clip_text_model";
  }

  @Override
  public String modality() {
    return "text";
  }

  @Override
  public String prefix() {
    return "clip.";
  }

  @Override
  public boolean ignores(String name) {
    return LEFTOVERS.has(name);
  }

  @Override
  public Optional<EncoderShape> shape(EncoderConfig config) {
    return Optional.of(FamilyConfig.shape(FamilyConfig.withDefaults(config, DEFAULTS)));
  }

  @Override
  public Encoder build(EncoderConfig given, Weights weights, TransformerLayers layers) {
    EncoderConfig config = FamilyConfig.withDefaults(given, DEFAULTS);
    TransformerSpec spec = FamilyConfig.transformer(config, TransformerSpec.Norm.PRE);
    int end = EndOfText.id(config);
    Weights w = ClipTower.ofTexts(weights);
    TokenEmbedding embedding = TokenEmbedding.ofClip(config, spec.width(), w);
    Tensor places = Places.table(config.size("max_position_embeddings"), w);
    EndOfText ends = new EndOfText(end, places);
    List<EncoderLayer> stack =
        ClipTower.stack(config, spec, List.of(new PositionRule.Causal(places)), w, layers);
    return new Transformer(
        spec.width(),
        inputs -> ends.cut(embedding.embed(inputs), inputs.get("input_ids")),
        stack,
        w.layerNorm("final_layer_norm", spec.width(), spec.epsilon())::apply,
        new Pooling.LastToken());
  }
}
