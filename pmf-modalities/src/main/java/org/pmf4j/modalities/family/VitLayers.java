package org.pmf4j.modalities.family;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.UnbiasedWeights;
import org.pmf4j.api.encoder.Weights;

/** ViT's layers, as ViT, DeiT and AST have them: pre-norm, under the same names. */
final class VitLayers {
  static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.attention.query",
          "attention.attention.key",
          "attention.attention.value",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "layernorm_before",
          "layernorm_after");

  private VitLayers() {}

  /** The layers of a configuration, with or without biases of queries, keys and values. */
  static List<EncoderLayer> stack(
      EncoderConfig config, TransformerSpec spec, Weights weights, TransformerLayers layers) {
    Weights named =
        config.flag("qkv_bias", true)
            ? weights
            : new UnbiasedWeights(weights, Set.of(NAMES.query(), NAMES.key(), NAMES.value()));
    return IntStream.range(0, config.size("num_hidden_layers", 12))
        .mapToObj(i -> named.under("encoder.layer." + i + "."))
        .map(w -> layers.layer(spec, NAMES, w))
        .toList();
  }
}
