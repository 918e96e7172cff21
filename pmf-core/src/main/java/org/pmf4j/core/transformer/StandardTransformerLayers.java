package org.pmf4j.core.transformer;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.ConformerSpec;
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
    return transformer(spec, names, positions, weights);
  }

  @Override
  public EncoderLayer conformer(
      ConformerSpec spec,
      ConformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights) {
    TransformerSpec transformer = spec.transformer();
    TransformerSpec.Names layer = names.layer();
    TransformerSpec.Names first =
        new TransformerSpec.Names(
            layer.query(),
            layer.key(),
            layer.value(),
            layer.output(),
            names.firstIn(),
            names.firstOut(),
            null,
            names.firstNorm());
    int d = transformer.width();
    return new ConformerLayer(
        norm(names.firstNorm(), d, transformer, weights),
        feedForward(transformer, first, weights),
        transformer(transformer, layer, positions, weights),
        ConvolutionModule.of(
            spec, names, norm(names.convolutionNorm(), d, transformer, weights), weights),
        norm(names.finalNorm(), d, transformer, weights));
  }

  private static TransformerLayer transformer(
      TransformerSpec spec,
      TransformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights) {
    int d = spec.width();
    int inner = spec.heads() * spec.headWidth();
    return new TransformerLayer(
        spec,
        new Positions(List.copyOf(positions), spec.softmaxScale()),
        projections(spec, names, weights),
        scaled(weights.linear(names.output(), inner, d), names.attentionScale(), d, weights),
        feedForward(spec, names, weights),
        norm(names.attentionNorm(), d, spec, weights),
        norm(names.mlpNorm(), d, spec, weights));
  }

  /** Query, key and value, which may be parts of one projection. */
  private static Projections projections(
      TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    int d = spec.width();
    int queries = spec.heads() * spec.headWidth();
    int shared = spec.keyValueHeads() * spec.headWidth();
    List<Supplier<Linear>> projections = new ArrayList<>();
    if (names.query().equals(names.key()) && names.query().equals(names.value())) {
      Linear all = weights.linear(names.query(), d, queries + 2 * shared);
      projections.add(() -> part(all, 0, queries));
      projections.add(() -> part(all, queries, queries + shared));
      projections.add(() -> part(all, queries + shared, queries + 2 * shared));
    } else {
      Linear query = weights.linear(names.query(), d, queries);
      Linear key = weights.linear(names.key(), d, shared);
      Linear value = weights.linear(names.value(), d, shared);
      projections.addAll(List.of(() -> query, () -> key, () -> value));
    }
    return new Projections(
        Heads.of(spec),
        projections.get(0),
        projections.get(1),
        projections.get(2),
        headNorm(names.queryNorm(), spec, weights),
        headNorm(names.keyNorm(), spec, weights));
  }

  /** The outputs {@code from} to {@code to} of a linear layer. */
  private static Linear part(Linear all, long from, long to) {
    Tensor bias = all.bias() == null ? null : all.bias().slice(0, from, to);
    return new Linear(all.matrix().slice(0, from, to), bias);
  }

  private static FeedForward feedForward(
      TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    int d = spec.width();
    int inner = spec.mlpWidth();
    String gate = names.mlpGate();
    boolean makesBoth = spec.mlp() == TransformerSpec.Mlp.GATED && gate == null;
    return new FeedForward(
        gate == null ? null : weights.linear(gate, d, inner),
        weights.linear(names.mlpIn(), d, makesBoth ? 2 * inner : inner),
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

  private static UnaryOperator<Tensor> headNorm(
      String name, TransformerSpec spec, Weights weights) {
    return name == null ? null : norm(name, spec.headWidth(), spec, weights);
  }

  private static UnaryOperator<Tensor> norm(
      String name, int width, TransformerSpec spec, Weights weights) {
    if (name == null) {
      return UnaryOperator.identity();
    }
    return switch (spec.normKind()) {
      case LAYER_NORM -> weights.layerNorm(name, width, spec.epsilon())::apply;
      case RMS_NORM -> weights.rmsNorm(name, width, spec.epsilon())::apply;
    };
  }
}
