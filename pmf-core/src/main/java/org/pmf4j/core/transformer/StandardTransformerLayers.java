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
        feedForward(transformer, first, weights, UnaryOperator.identity()),
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
    Linear output = weights.linear(names.output(), spec.heads() * spec.headWidth(), d);
    UnaryOperator<Tensor> attentionNorm = norm(names.attentionNorm(), d, spec, weights);
    UnaryOperator<Tensor> mlpNorm = norm(names.mlpNorm(), d, spec, weights);
    UnaryOperator<Tensor> attentionScale = scale(names.attentionScale(), d, weights);
    UnaryOperator<Tensor> mlpScale = scale(names.mlpScale(), d, weights);
    boolean within = spec.norm() == TransformerSpec.Norm.RES_POST;
    UnaryOperator<Tensor> added = within ? then(attentionNorm, attentionScale) : attentionScale;
    return new TransformerLayer(
        spec,
        new Positions(List.copyOf(positions), spec.softmaxScale()),
        projections(spec, names, weights),
        then(output::apply, added),
        feedForward(spec, names, weights, within ? then(mlpNorm, mlpScale) : mlpScale),
        within ? UnaryOperator.identity() : attentionNorm,
        within ? UnaryOperator.identity() : mlpNorm);
  }

  private static UnaryOperator<Tensor> then(
      UnaryOperator<Tensor> first, UnaryOperator<Tensor> second) {
    return x -> second.apply(first.apply(x));
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
        queryNorm(spec, names, weights),
        keyNorm(spec, names, weights));
  }

  /** The outputs {@code from} to {@code to} of a linear layer. */
  private static Linear part(Linear all, long from, long to) {
    Tensor bias = all.bias() == null ? null : all.bias().slice(0, from, to);
    return new Linear(all.matrix().slice(0, from, to), bias);
  }

  private static FeedForward feedForward(
      TransformerSpec spec,
      TransformerSpec.Names names,
      Weights weights,
      UnaryOperator<Tensor> after) {
    int d = spec.width();
    int inner = spec.mlpWidth();
    String gate = names.mlpGate();
    boolean makesBoth = spec.mlp() == TransformerSpec.Mlp.GATED && gate == null;
    return new FeedForward(
        gate == null ? null : weights.linear(gate, d, inner),
        weights.linear(names.mlpIn(), d, makesBoth ? 2 * inner : inner),
        weights.linear(names.mlpOut(), inner, d),
        after,
        spec.activation(),
        spec.mlp());
  }

  private static UnaryOperator<Tensor> scale(String name, int d, Weights weights) {
    if (name == null) {
      return UnaryOperator.identity();
    }
    Tensor factor = weights.get(name, d);
    return x -> x.mul(factor);
  }

  /** What is done to each head of the queries, or null for nothing. */
  private static UnaryOperator<Tensor> queryNorm(
      TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    UnaryOperator<Tensor> norm = headNorm(names.queryNorm(), spec, weights);
    if (names.logitScale() == null) {
      return norm;
    }
    Cosines cosines = new Cosines(weights.get(names.logitScale(), spec.heads(), 1, 1));
    return norm == null ? cosines::queries : then(norm, cosines::queries);
  }

  /** What is done to each head of the keys, or null for nothing. */
  private static UnaryOperator<Tensor> keyNorm(
      TransformerSpec spec, TransformerSpec.Names names, Weights weights) {
    UnaryOperator<Tensor> norm = headNorm(names.keyNorm(), spec, weights);
    if (names.logitScale() == null) {
      return norm;
    }
    return norm == null ? Cosines::keys : then(norm, Cosines::keys);
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
