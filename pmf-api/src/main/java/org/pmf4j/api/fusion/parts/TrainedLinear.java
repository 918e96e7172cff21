package org.pmf4j.api.fusion.parts;

import org.pmf4j.api.backend.Parameter;
import org.pmf4j.api.fusion.Parameters;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Tensor;

/**
 * A linear layer that is trained. It starts as torch.nn.Linear does: uniform within 1/√inputs.
 * Immutable, so that any number of threads may share it.
 *
 * @param weight [out, in]
 * @param bias [out]
 * @since API version 2
 */
public record TrainedLinear(Parameter weight, Parameter bias) {

  /**
   * Makes {@code name.weight} and {@code name.bias}.
   *
   * @param in inputs
   * @param out outputs
   */
  public static TrainedLinear make(String name, int in, int out, Parameters parameters) {
    Parameters.Start start = start(in);
    return new TrainedLinear(
        parameters.make(name + ".weight", Parameters.Role.DECAYED, start, out, in),
        parameters.make(name + ".bias", Parameters.Role.PLAIN, start, out));
  }

  /** How a linear layer over so many inputs starts. */
  public static Parameters.Start start(int in) {
    return new Parameters.Start.Uniform(1 / Math.sqrt(in));
  }

  /** [..., in] → [..., out]. */
  public Tensor apply(Tensor x) {
    return new Linear(weight.value(), bias.value()).apply(x);
  }
}
