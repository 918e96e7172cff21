package org.pmf4j.methods.mbt;

import java.util.List;
import org.pmf4j.api.encoder.Encoder;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.fusion.parts.PrefixedTokens;
import org.pmf4j.api.fusion.parts.Projection;
import org.pmf4j.api.tensor.Tensor;

/**
 * One modality's way through the fusion layers.
 *
 * @param encoder the modality's own
 * @param layers its fusion layers, first to last
 * @param in from the bottleneck's space into the encoder's
 * @param out and back
 */
record MbtStream(
    Encoder encoder, List<? extends EncoderLayer> layers, Projection in, Projection out) {

  static MbtStream make(
      String modality, Encoder encoder, int fusionLayers, int width, Parameters parameters) {
    String name = "fusion." + modality + ".";
    int depth = encoder.depth();
    return new MbtStream(
        encoder,
        encoder.layers().subList(depth - fusionLayers, depth),
        Projection.make(name + "bottleneck_in", width, encoder.width(), parameters),
        Projection.make(name + "bottleneck_out", encoder.width(), width, parameters));
  }

  /**
   * One layer but the last.
   *
   * @param tokens of this modality
   * @param bottleneck [B or 1, n, width]
   */
  PrefixedTokens through(int layer, Tokens tokens, Tensor bottleneck) {
    return new PrefixedTokens(tokens, in.apply(bottleneck)).through(layers.get(layer));
  }

  /** The pooled vector after the last layer, [B, d]. */
  Tensor throughLast(Tokens tokens, Tensor bottleneck) {
    return new PrefixedTokens(tokens, in.apply(bottleneck)).throughLast(encoder);
  }
}
