package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.Linear;

/**
 * Weights whose linear layers are stored [in, out], as those of GPT-2 are. They stay as they are
 * stored, and products read them the other way round. For the one thread that loads the encoder.
 *
 * @since API version 2
 */
public final class TransposedWeights extends ForwardingWeights {
  /** A view of some weights, of which all linear layers are stored so. */
  public TransposedWeights(Weights all) {
    super(all);
  }

  @Override
  protected Weights of(Weights below) {
    return new TransposedWeights(below);
  }

  @Override
  public Linear linear(String name, int in, int out) {
    return new Linear(
        matrix(name + ".weight", in, out), matrix(name + ".bias", out), Linear.Layout.IN_OUT);
  }
}
