package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.nn.RmsNorm;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * A view of weights that hands on every request: a family extends it and overrides the requests
 * that its files answer in another way. For the one thread that loads the encoder.
 *
 * @since API version 2
 */
public abstract class ForwardingWeights implements Weights {
  private final Weights all;

  /** A view of some weights. */
  protected ForwardingWeights(Weights all) {
    this.all = all;
  }

  /** What is looked at. */
  protected final Weights all() {
    return all;
  }

  /** The same view of other weights: of those below a prefix. */
  protected abstract Weights of(Weights below);

  @Override
  public final Weights under(String prefix) {
    return of(all.under(prefix));
  }

  @Override
  public Tensor get(String name, long... dims) {
    return all.get(name, dims);
  }

  @Override
  public boolean has(String name) {
    return all.has(name);
  }

  @Override
  public Tensor matrix(String name, long... dims) {
    return all.matrix(name, dims);
  }

  @Override
  public Tensor linearWeight(String name, long out, long in) {
    return all.linearWeight(name, out, in);
  }

  @Override
  public Tensor constant(String name, HostTensor value) {
    return all.constant(name, value);
  }

  @Override
  public Linear linear(String name, int in, int out) {
    return all.linear(name, in, out);
  }

  @Override
  public LayerNorm layerNorm(String name, int d, double epsilon) {
    return all.layerNorm(name, d, epsilon);
  }

  @Override
  public RmsNorm rmsNorm(String name, int d, double epsilon) {
    return all.rmsNorm(name, d, epsilon);
  }
}
