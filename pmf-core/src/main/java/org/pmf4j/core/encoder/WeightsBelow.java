package org.pmf4j.core.encoder;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * Weights whose names all begin alike. For the one thread that loads the encoder.
 *
 * @param all those of the encoder
 * @param prefix what the names begin with
 */
record WeightsBelow(Weights all, String prefix) implements Weights {
  @Override
  public Tensor get(String name, long... dims) {
    return all.get(prefix + name, dims);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return all.matrix(prefix + name, dims);
  }

  @Override
  public Tensor linearWeight(String name, long out, long in) {
    return all.linearWeight(prefix + name, out, in);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return all.constant(prefix + name, value);
  }

  @Override
  public boolean has(String name) {
    return all.has(prefix + name);
  }

  @Override
  public Weights under(String deeper) {
    return new WeightsBelow(all, prefix + deeper);
  }
}
