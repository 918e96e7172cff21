package org.pmf4j.core.transformer;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * Makes {@link TransformerLayer}s from weights. Immutable, so that any number of threads may share
 * it.
 */
public final class StandardTransformerLayers implements TransformerLayers {
  /** Layers of this framework's own. */
  @Inject
  public StandardTransformerLayers() {}

  @Override
  public EncoderLayer layer(
      TransformerSpec spec,
      TransformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights) {
    int d = spec.width();
    List<Supplier<Linear>> projections = projections(d, names, weights);
    return new TransformerLayer(
        spec,
        new Positions(List.copyOf(positions)),
        projections.get(0),
        projections.get(1),
        projections.get(2),
        scaled(weights.linear(names.output(), d, d), names.attentionScale(), d, weights),
        feedForward(spec, names, weights),
        norm(names.attentionNorm(), spec, weights),
        norm(names.mlpNorm(), spec, weights));
  }

  /** Query, key and value, which may be parts of one projection. */
  private static List<Supplier<Linear>> projections(
      int d, TransformerSpec.Names names, Weights weights) {
    List<Supplier<Linear>> projections = new ArrayList<>();
    if (names.query().equals(names.key()) && names.query().equals(names.value())) {
      Linear all = weights.linear(names.query(), d, 3 * d);
      for (long i = 0; i < 3; i++) {
        long from = i * d;
        projections.add(() -> part(all, from, from + d));
      }
    } else {
      for (String name : List.of(names.query(), names.key(), names.value())) {
        Linear linear = weights.linear(name, d, d);
        projections.add(() -> linear);
      }
    }
    return projections;
  }

  /** The outputs {@code from} to {@code to} of a linear layer. */
  private static Linear part(Linear all, long from, long to) {
    Tensor bias = all.bias() == null ? null : all.bias().slice(0, from, to);
    return new Linear(all.weight().slice(0, from, to), bias);
  }

  private static FeedForward feedForward(
      TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    int d = spec.width();
    int inner = spec.mlpWidth();
    int made = spec.mlp() == TransformerSpec.Mlp.GATED ? 2 * inner : inner;
    return new FeedForward(
        weights.linear(names.mlpIn(), d, made),
        weights.linear(names.mlpOut(), inner, d),
        names.mlpScale() == null ? null : weights.get(names.mlpScale(), d),
        spec.activation(),
        spec.mlp());
  }

  private static UnaryOperator<Tensor> scaled(Linear linear, String scale, int d, Weights weights) {
    if (scale == null) {
      return linear::apply;
    }
    Tensor factor = weights.get(scale, d);
    return x -> linear.apply(x).mul(factor);
  }

  private static UnaryOperator<Tensor> norm(String name, TransformerSpec spec, Weights weights) {
    return name == null
        ? UnaryOperator.identity()
        : weights.layerNorm(name, spec.width(), spec.epsilon())::apply;
  }
}
