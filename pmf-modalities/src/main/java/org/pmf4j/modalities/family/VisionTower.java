package org.pmf4j.modalities.family;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/** What the image halves of CLIP and SigLIP share: where they stand, and their layers. */
final class VisionTower {
  /** What the name of the image half ends with, if the whole model's does not. */
  static final String HALF = "_vision_model";

  /** The key of the image half's settings in the whole model's. */
  static final String SETTINGS = "vision_config";

  /** Where older releases of CLIP wrote them. */
  static final String OLDER = "vision_config_dict";

  /** Where all weights stand, in the whole model and, before transformers 5, in the half alone. */
  private static final String PREFIX = "vision_model.";

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

  private VisionTower() {}

  /** The configuration of the image half: the whole one, or what stands under vision_config. */
  static EncoderConfig config(EncoderConfig config) {
    return config.object(SETTINGS).orElse(config);
  }

  /** The weights of the image half, which transformers saves alone without a prefix from 5 on. */
  static Weights weights(Weights all) {
    Weights below = all.under(PREFIX);
    String always = "post_layernorm.weight";
    return below.has(always) || !all.has(always) ? below : all;
  }

  static List<EncoderLayer> stack(
      EncoderConfig config, TransformerSpec spec, Weights weights, TransformerLayers layers) {
    return IntStream.range(0, config.size("num_hidden_layers", 12))
        .mapToObj(i -> weights.under("encoder.layers." + i + "."))
        .map(w -> layers.layer(spec, NAMES, w))
        .toList();
  }
}
