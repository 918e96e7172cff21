package org.pmf4j.api.encoder;

import java.util.List;

/**
 * A service of the host: transformer layers, so that a family needs not write their maths.
 * Implementations have no state that changes: several threads may use one at once.
 */
public interface TransformerLayers {
  /**
   * One layer.
   *
   * @param positions what its attention makes of positions; none for families whose embedding alone
   *     knows them
   * @param weights the weights below the layer's prefix
   */
  EncoderLayer layer(
      TransformerSpec spec,
      TransformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights);

  /**
   * One layer of a Conformer.
   *
   * @param positions what its attention makes of positions
   * @param weights the weights below the layer's prefix
   * @throws UnsupportedOperationException from stand-ins that tests have for the host
   * @since API version 2
   */
  default EncoderLayer conformer(
      ConformerSpec spec,
      ConformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights) {
    throw new UnsupportedOperationException("these are no Conformer's layers; use the host's own");
  }

  /**
   * A layer whose attention does not depend on positions.
   *
   * @param weights the weights below the layer's prefix
   */
  default EncoderLayer layer(TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    return layer(spec, names, List.of(), weights);
  }
}
