package org.pmf4j.core.transformer;

import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;

/** Makes {@link TransformerLayer}s from weights. */
public final class StandardTransformerLayers implements TransformerLayers {
  @Override
  public EncoderLayer layer(TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    int d = spec.width();
    return new TransformerLayer(
        spec,
        weights.linear(names.query(), d, d),
        weights.linear(names.key(), d, d),
        weights.linear(names.value(), d, d),
        weights.linear(names.output(), d, d),
        weights.linear(names.mlpIn(), d, spec.mlpWidth()),
        weights.linear(names.mlpOut(), spec.mlpWidth(), d),
        weights.layerNorm(names.attentionNorm(), d, spec.epsilon()),
        weights.layerNorm(names.mlpNorm(), d, spec.epsilon()));
  }
}
