package org.pmf4j.modalities.family;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/** What the halves of CLIP and SigLIP share: where they stand, and their layers. */
final class ClipTower {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.out_proj",
          "mlp.fc1",
          "mlp.fc2",
          "layer_norm1",
          "layer_norm2");

  private ClipTower() {}

  /** The weights of the image half. */
  static Weights ofImages(Weights all) {
    return half(all, "vision_model.", "post_layernorm.weight");
  }

  /** The weights of the text half. */
  static Weights ofTexts(Weights all) {
    return half(all, "text_model.", "final_layer_norm.weight");
  }

  /** Below a prefix, without which transformers saves a half alone from 5 on. */
  private static Weights half(Weights all, String prefix, String always) {
    Weights below = all.under(prefix);
    return below.has(always) || !all.has(always) ? below : all;
  }

  /** Layers whose attention knows no positions. */
  static List<EncoderLayer> stack(
      EncoderConfig config, TransformerSpec spec, Weights weights, TransformerLayers layers) {
    return stack(config, spec, List.of(), weights, layers);
  }

  /** Layers whose attention knows positions. */
  static List<EncoderLayer> stack(
      EncoderConfig config,
      TransformerSpec spec,
      List<PositionRule> positions,
      Weights weights,
      TransformerLayers layers) {
    return IntStream.range(0, config.size("num_hidden_layers", 12))
        .mapToObj(i -> weights.under("encoder.layers." + i + "."))
        .map(w -> layers.layer(spec, NAMES, positions, w))
        .toList();
  }
}
