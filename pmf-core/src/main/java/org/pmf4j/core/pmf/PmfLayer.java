package org.pmf4j.core.pmf;

import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.fusion.FusionLayer;
import org.pmf4j.api.tensor.Named;
import org.pmf4j.api.tensor.Tensor;

/**
 * A fusion layer of PMF: frozen layers, and what was trained beside them, its own or that of each
 * row's model.
 */
interface PmfLayer extends FusionLayer {
  /** What is trained of it. */
  TrainedLayer trained();

  /**
   * Runs the layer, as {@link #apply(Named)} does.
   *
   * @param trained of this make
   */
  Named<Tokens> apply(Named<Tokens> tokens, ByRow<TrainedLayer> trained);

  /**
   * Runs it as the last layer, as {@link #applyLast(Named)} does.
   *
   * @param trained of this make
   */
  Named<Tensor> applyLast(Named<Tokens> tokens, ByRow<TrainedLayer> trained);

  @Override
  default Named<Tokens> apply(Named<Tokens> tokens) {
    return apply(tokens, new ByRow.Shared<>(trained()));
  }

  @Override
  default Named<Tensor> applyLast(Named<Tokens> tokens) {
    return applyLast(tokens, new ByRow.Shared<>(trained()));
  }
}
