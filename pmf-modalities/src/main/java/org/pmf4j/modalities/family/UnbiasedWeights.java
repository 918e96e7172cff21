package org.pmf4j.modalities.family;

import java.util.Set;
import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Weights of which some linear layers or norms have no bias.
 *
 * @param all the weights
 * @param unbiased names of those, below any prefix
 */
record UnbiasedWeights(Weights all, Set<String> unbiased) implements Weights {
  @Override
  public Linear linear(String name, int in, int out) {
    return unbiased.contains(name)
        ? new Linear(all.matrix(name + ".weight", out, in), null)
        : all.linear(name, in, out);
  }

  @Override
  public LayerNorm layerNorm(String name, int d, double epsilon) {
    return unbiased.contains(name)
        ? new LayerNorm(all.get(name + ".weight", d), null, epsilon)
        : all.layerNorm(name, d, epsilon);
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
  public Weights under(String prefix) {
    return new UnbiasedWeights(all.under(prefix), unbiased);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return all.matrix(name, dims);
  }
}
