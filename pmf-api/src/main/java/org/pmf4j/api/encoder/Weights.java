package org.pmf4j.api.encoder;

import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.nn.RmsNorm;
import org.pmf4j.api.tensor.HostTensor;
import org.pmf4j.api.tensor.Tensor;

/**
 * An encoder's weights by name: frozen ones from files, or trainable ones. The host knows which,
 * owns and closes them, and reports what was missing, unused or of the wrong shape. For the one
 * thread that loads the encoder.
 */
public interface Weights {
  /**
   * A weight.
   *
   * @param name its name below this prefix
   * @param dims the shape it must have
   * @throws org.pmf4j.api.error.PmfException naming file and tensor, if it is missing or does not
   *     fit
   */
  Tensor get(String name, long... dims);

  /** True if there is a weight of this name, or if weights are made as they are asked for. */
  boolean has(String name);

  /** The weights below a prefix such as {@code encoder.layer.0.}, the dot included. */
  Weights under(String prefix);

  /** A weight for matrix products alone, which the host may hold in a shorter type. */
  Tensor matrix(String name, long... dims);

  /**
   * The weight of a linear layer, a {@link #matrix} that the host may also hold in integers.
   *
   * @param name such as {@code query.weight}
   * @return [out, in]
   * @since API version 2
   */
  default Tensor linearWeight(String name, long out, long in) {
    return matrix(name, out, in);
  }

  /**
   * A table that the family works out from its configuration, such as sines of positions: no weight
   * of any file, never trained, but held and closed like one. May be called while a program runs or
   * is traced, from any thread; the first value under a name stays.
   *
   * @param name among the constants below this prefix
   */
  Tensor constant(String name, HostTensor value);

  /**
   * {@code name.weight} [out, in], a {@link #linearWeight}, and {@code name.bias} [out], a {@link
   * #matrix}.
   *
   * @param name the layer's name, without a trailing dot
   */
  default Linear linear(String name, int in, int out) {
    return new Linear(linearWeight(name + ".weight", out, in), matrix(name + ".bias", out));
  }

  /** {@code name.weight} [d] and {@code name.bias} [d]. */
  default LayerNorm layerNorm(String name, int d, double epsilon) {
    return new LayerNorm(get(name + ".weight", d), get(name + ".bias", d), epsilon);
  }

  /** {@code name.weight} [d]. */
  default RmsNorm rmsNorm(String name, int d, double epsilon) {
    return new RmsNorm(get(name + ".weight", d), epsilon);
  }
}
