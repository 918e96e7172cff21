package org.pmf4j.modalities.family;

import java.util.List;
import org.pmf4j.api.encoder.EncoderConfig;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * WavLM's relative bias: a table of distances, which the first layer has for all, and in each layer
 * a gate.
 *
 * @param source the configuration, for messages
 * @param spec of the layers
 * @param buckets the kinds of distances
 */
record GatedDistances(String source, TransformerSpec spec, DistanceBuckets buckets) {
  /** Eleven minutes of frames of 20 ms: more than attention of all to all takes. */
  private static final int LONGEST = 1 << 15;

  private static final int GATES = 8;

  static GatedDistances of(EncoderConfig config, TransformerSpec spec) {
    DistanceBuckets buckets =
        DistanceBuckets.of(config, "num_buckets", 320, "max_bucket_distance", 800);
    return new GatedDistances(config.source(), spec, buckets);
  }

  WaveEmbedding.Limit limit() {
    return new WaveEmbedding.Limit(source, LONGEST, "cut it into shorter ones");
  }

  /**
   * The rule of one layer.
   *
   * @param encoder the weights that all layers share
   * @param layer the weights of the layer
   */
  List<PositionRule> rules(Weights encoder, Weights layer) {
    int heads = spec.heads();
    Weights w = layer.under("attention.");
    HostTensor kinds = HostTensor.of(buckets.byKey(LONGEST), 2L * LONGEST - 1);
    Tensor table = encoder.get("layers.0.attention.rel_attn_embed.weight", buckets.count(), heads);
    Linear gate = w.linear("gru_rel_pos_linear", spec.headWidth(), GATES);
    return List.of(
        new PositionRule.GatedRelativeBias(
            table,
            encoder.constant("distance buckets", kinds),
            gate,
            w.get("gru_rel_pos_const", 1, heads, 1, 1)));
  }
}
