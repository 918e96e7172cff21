package org.pmf4j.bench.fusion.mbt;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.bench.fusion.common.Accompanied;
import org.pmf4j.bench.fusion.common.Bridge;

/**
 * One modality's way through the fusion layers.
 *
 * @param encoder the modality's own
 * @param layers its fusion layers, first to last
 * @param in from the bottleneck's space into the encoder's
 * @param out and back
 */
record MbtStream(Encoder encoder, List<? extends EncoderLayer> layers, Bridge in, Bridge out) {

  static MbtStream make(
      String modality, Encoder encoder, int fusionLayers, int width, Parameters parameters) {
    String name = "fusion." + modality + ".";
    int depth = encoder.depth();
    return new MbtStream(
        encoder,
        encoder.layers().subList(depth - fusionLayers, depth),
        Bridge.make(name + "bottleneck_in", width, encoder.width(), parameters),
        Bridge.make(name + "bottleneck_out", encoder.width(), width, parameters));
  }

  /**
   * One layer but the last.
   *
   * @param tokens of this modality
   * @param bottleneck [B or 1, n, width]
   */
  Accompanied through(int layer, Tokens tokens, Tensor bottleneck) {
    return new Accompanied(tokens, in.apply(bottleneck)).through(layers.get(layer));
  }

  /** The pooled vector after the last layer, [B, d]. */
  Tensor throughLast(Tokens tokens, Tensor bottleneck) {
    return new Accompanied(tokens, in.apply(bottleneck)).throughLast(encoder);
  }
}
