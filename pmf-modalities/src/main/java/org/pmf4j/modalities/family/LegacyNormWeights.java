package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.ForwardingWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;

/**
 * Weights whose norms may carry the names of the first BERT release, {@code gamma} and {@code
 * beta}, as the published {@code bert-base-uncased} still does.
 */
final class LegacyNormWeights extends ForwardingWeights {
  LegacyNormWeights(Weights all) {
    super(all);
  }

  @Override
  protected Weights of(Weights below) {
    return new LegacyNormWeights(below);
  }

  @Override
  public LayerNorm layerNorm(String name, int d, double epsilon) {
    if (has(name + ".weight") || !has(name + ".gamma")) {
      return super.layerNorm(name, d, epsilon);
    }
    return new LayerNorm(get(name + ".gamma", d), get(name + ".beta", d), epsilon);
  }
}
