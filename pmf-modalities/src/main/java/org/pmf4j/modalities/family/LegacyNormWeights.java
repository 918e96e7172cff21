package org.pmf4j.modalities.family;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Weights whose norms may carry the names of the first BERT release, {@code gamma} and {@code
 * beta}, as the published {@code bert-base-uncased} still does.
 *
 * @param all the weights
 */
record LegacyNormWeights(Weights all) implements Weights {
  @Override
  public LayerNorm layerNorm(String name, int d, double epsilon) {
    if (all.has(name + ".weight") || !all.has(name + ".gamma")) {
      return all.layerNorm(name, d, epsilon);
    }
    return new LayerNorm(all.get(name + ".gamma", d), all.get(name + ".beta", d), epsilon);
  }

  @Override
  public Weights under(String prefix) {
    return new LegacyNormWeights(all.under(prefix));
  }

  @Override
  public Linear linear(String name, int in, int out) {
    return all.linear(name, in, out);
  }

  @Override
  public Tensor get(String name, long... dims) {
    return all.get(name, dims);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return all.constant(name, value);
  }

  @Override
  public boolean has(String name) {
    return all.has(name);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return all.matrix(name, dims);
  }
}
