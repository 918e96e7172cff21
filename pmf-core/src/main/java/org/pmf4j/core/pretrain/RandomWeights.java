package org.pmf4j.core.pretrain;

import org.pmf4j.api.encoder.Weights;
import org.pmf4j.api.fusion.Parameters.Start;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;
import org.pmf4j.core.encoder.Constants;
import org.pmf4j.core.training.ParameterStore;

/**
 * Trainable weights, made as a family asks for them. Matrices start Xavier-uniform (Glorot and
 * Bengio, 2010), which small widths need: at width 128 the customary N(0, 0.02) stalls for epochs.
 * Embeddings start at N(0, 0.02), norms at the identity, biases at zero.
 */
final class RandomWeights implements Weights {
  private final ParameterStore store;
  private final Constants constants;
  private final String prefix;

  RandomWeights(ParameterStore store, Constants constants, String prefix) {
    this.store = store;
    this.constants = constants;
    this.prefix = prefix;
  }

  @Override
  public Tensor get(String name, long... dims) {
    return make(name, dims.length == 1 ? vector(name) : new Start.Normal(0.02), dims);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return make(name, dims.length == 1 ? vector(name) : xavier(dims), dims);
  }

  private static Start vector(String name) {
    return new Start.Constant(name.endsWith(".weight") ? 1 : 0);
  }

  /** Every dimension but the first counts as input. */
  private static Start xavier(long... dims) {
    long in = 1;
    for (int i = 1; i < dims.length; i++) {
      in *= dims[i];
    }
    return new Start.Uniform(Math.sqrt(6.0 / (in + dims[0])));
  }

  private Tensor make(String name, Start start, long... dims) {
    return store.make(prefix + name, start, dims).value();
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return constants.get(prefix + name, value);
  }

  @Override
  public boolean has(String name) {
    return true;
  }

  @Override
  public Weights under(String deeper) {
    return new RandomWeights(store, constants, prefix + deeper);
  }
}
