package org.pmf4j.modalities.family;

import java.util.List;
import java.util.stream.IntStream;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/** BERT's layers, as BERT, RoBERTa and ELECTRA have them: post-norm, under the same names. */
final class BertLayers {
  private static final TransformerSpec.Names NAMES =
      new TransformerSpec.Names(
          "attention.self.query",
          "attention.self.key",
          "attention.self.value",
          "attention.output.dense",
          "intermediate.dense",
          "output.dense",
          "attention.output.LayerNorm",
          "output.LayerNorm");

  private BertLayers() {}

  /** The transformer that a configuration asks for. */
  static TransformerSpec spec(EncoderConfig config) {
    return FamilyConfig.transformer(config, TransformerSpec.Norm.POST);
  }

  static List<EncoderLayer> stack(
      EncoderConfig config, TransformerSpec spec, Weights weights, TransformerLayers layers) {
    return IntStream.range(0, config.size("num_hidden_layers", 12))
        .mapToObj(i -> weights.under("encoder.layer." + i + "."))
        .map(w -> layers.layer(spec, NAMES, w))
        .toList();
  }
}
