package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.ForwardingWeights;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.Linear;

/**
 * Layers whose queries and values have biases and whose keys have none, as VideoMAE's: {@code
 * q_bias} and {@code v_bias} beside the projections, or, in files of newer releases, {@code
 * query.bias} and {@code value.bias}. For the one thread that loads the encoder.
 */
final class QueryValueBiases extends ForwardingWeights {
  private static final String BESIDE = VitLayers.NAMES.query().replaceFirst("query$", "");

  QueryValueBiases(Weights all) {
    super(all);
  }

  @Override
  protected Weights of(Weights below) {
    return new QueryValueBiases(below);
  }

  @Override
  public Linear linear(String name, int in, int out) {
    if (name.equals(VitLayers.NAMES.key())) {
      return new Linear(linearWeight(name + ".weight", out, in), null);
    }
    if (name.equals(VitLayers.NAMES.query())) {
      return biased(name, BESIDE + "q_bias", in, out);
    }
    return name.equals(VitLayers.NAMES.value())
        ? biased(name, BESIDE + "v_bias", in, out)
        : super.linear(name, in, out);
  }

  private Linear biased(String name, String bias, int in, int out) {
    return has(bias) || !has(name + ".bias")
        ? new Linear(linearWeight(name + ".weight", out, in), matrix(bias, out))
        : super.linear(name, in, out);
  }
}
