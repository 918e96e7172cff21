package org.pmf4j.api.encoder;

import java.util.Set;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;

/**
 * Weights of which some linear layers or norms have no bias. For the one thread that loads the
 * encoder.
 *
 * @since API version 2
 */
public final class UnbiasedWeights extends ForwardingWeights {
  private final Set<String> unbiased;

  /**
   * A view of some weights.
   *
   * @param unbiased names of linear layers and norms without bias, below any prefix
   */
  public UnbiasedWeights(Weights all, Set<String> unbiased) {
    super(all);
    this.unbiased = Set.copyOf(unbiased);
  }

  @Override
  protected Weights of(Weights below) {
    return new UnbiasedWeights(below, unbiased);
  }

  @Override
  public Linear linear(String name, int in, int out) {
    return unbiased.contains(name)
        ? new Linear(linearWeight(name + ".weight", out, in), null)
        : super.linear(name, in, out);
  }

  @Override
  public LayerNorm layerNorm(String name, int d, double epsilon) {
    return unbiased.contains(name)
        ? new LayerNorm(get(name + ".weight", d), null, epsilon)
        : super.layerNorm(name, d, epsilon);
  }
}
