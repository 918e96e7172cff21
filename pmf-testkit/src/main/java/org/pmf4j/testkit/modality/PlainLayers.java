package org.pmf4j.testkit.modality;

import java.util.List;
import java.util.function.UnaryOperator;
import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.PositionRule;
import org.pmf4j.api.encoder.TransformerLayers;
import org.pmf4j.api.encoder.TransformerSpec;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * Transformer layers for tests of families, without position rules: whoever tests a family that has
 * some hands over the host's own layers. For one thread at a time.
 */
public final class PlainLayers implements TransformerLayers {
  /** Layers for any family without position rules. */
  public PlainLayers() {}

  @Override
  public EncoderLayer layer(
      TransformerSpec spec,
      TransformerSpec.Names names,
      List<PositionRule> positions,
      Weights weights) {
    if (!positions.isEmpty()) {
      throw new UnsupportedOperationException(
          "the testkit's layers know no position rules; let layers() give the host's own");
    }
    if (!isPlain(spec, names)) {
      throw new UnsupportedOperationException(
          "the testkit's layers have LayerNorm and heads of one share of the width each; let"
              + " layers() give the host's own");
    }
    int d = spec.width();
    boolean one = names.query().equals(names.key()) && names.query().equals(names.value());
    Linear all = one ? weights.linear(names.query(), d, 3 * d) : null;
    int made = spec.mlp() == TransformerSpec.Mlp.GATED ? 2 * spec.mlpWidth() : spec.mlpWidth();
    return new PlainLayer(
        spec,
        one ? part(all, 0, d) : weights.linear(names.query(), d, d)::apply,
        one ? part(all, d, 2L * d) : weights.linear(names.key(), d, d)::apply,
        one ? part(all, 2L * d, 3L * d) : weights.linear(names.value(), d, d)::apply,
        scaled(weights.linear(names.output(), d, d), names.attentionScale(), d, weights),
        weights.linear(names.mlpIn(), d, made)::apply,
        scaled(weights.linear(names.mlpOut(), spec.mlpWidth(), d), names.mlpScale(), d, weights),
        norm(names.attentionNorm(), spec, weights),
        norm(names.mlpNorm(), spec, weights));
  }

  private static boolean isPlain(TransformerSpec spec, TransformerSpec.Names names) {
    return spec.norm() != TransformerSpec.Norm.RES_POST
        && spec.normKind() == TransformerSpec.NormKind.LAYER_NORM
        && spec.keyValueHeads() == spec.heads()
        && spec.headWidth() * spec.heads() == spec.width()
        && names.mlpGate() == null
        && names.queryNorm() == null
        && names.keyNorm() == null
        && names.logitScale() == null;
  }

  private static UnaryOperator<Tensor> part(Linear all, long from, long to) {
    return x -> all.apply(x).slice(2, from, to);
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
